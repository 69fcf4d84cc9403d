/**
 * The memory map: every byte that both sides of the language border touch. Compiled by AssemblyScript into the kernels and by
 * TypeScript into the engine, so that the two cannot disagree. Addresses are u32 bytes from the start of the shared memory;
 * every array starts at a multiple of 64.
 *
 * Words used here:
 *   row        index of an item in the model's own order (the order of its film ids)
 *   position   index of an item in the image: items sorted by norm, largest first; padded to whole blocks
 *   block      16 neighbouring positions, whose quantised values are interleaved
 *   tile       32 blocks (512 positions), which share one quantisation scale
 *   lane       the place of one request in a slab
 *   slab       what one batch in flight owns: 64 lanes
 *
 * Model image                                     View (how one policy sees one model)
 *   header              MODEL_* below               header              VIEW_* below
 *   rows        f32 [positions][stride]             mask  u16 [blocks]  bit p set: position 16·block + p may be answered
 *   quantised   i16 [blocks][pairs][16][2]          bias  f32 [positions]
 *   rowOf       u32 [positions]                     tileBias f64 [tiles][2]  largest, largest magnitude
 *   positionOf  u32 [items]
 *   tiles       TILE_* each
 *   encoder     f32 [stride] user vector, or f64 [stride] diagonal of YᵀY (0 beyond d), or f32 [positions] gain
 *   films       i32 [films]  position of a state film index, −1 when the model does not know the film
 *   runtimes    f64 [films]  minutes, 0 when unknown
 *   recency     f32 [512]    what the film of a history that k newer ones follow weighs beside the newest
 *   idStarts    u32 [items + 1]   idBytes u8 […]   film ids by row, without separators
 *   seen        u16 [slabs][64][blocks]  all zero between scans
 *
 * A model with columns for strangers has a second image, of its own order of positions: rows hold the model's d columns and
 * those behind them. Only what a scan reads of it is used; ids, films and encoder are those of the first.
 */

export const BLOCK = 16;
export const TILE_BLOCKS = 32;
export const TILE = 512;
export const DIMENSIONS_MAX = 256;

// --- model header -------------------------------------------------------------------------------------------------------
export const MODEL_ITEMS = 0; // u32
export const MODEL_DIMENSIONS = 4; // u32 d
export const MODEL_STRIDE = 8; // u32 floats in one row: d rounded up to 4, zeros beyond d
export const MODEL_PAIRS = 12; // u32 pairs of dimensions: stride / 2
export const MODEL_TILES = 16; // u32
export const MODEL_BLOCKS = 20; // u32
export const MODEL_ROWS = 24; // u32 address
export const MODEL_QUANTISED = 28; // u32 address
export const MODEL_ROW_OF = 32; // u32 address
export const MODEL_POSITION_OF = 36; // u32 address
export const MODEL_TILE_TABLE = 40; // u32 address
export const MODEL_ENCODER = 44; // u32 ENCODER_*
export const MODEL_ENCODER_DATA = 48; // u32 address
export const MODEL_FILMS = 52; // u32 count of state films the table covers
export const MODEL_FILM_TABLE = 56; // u32 address
export const MODEL_ID_STARTS = 60; // u32 address
export const MODEL_ID_BYTES = 64; // u32 address
export const MODEL_SEEN = 68; // u32 address
export const MODEL_ALPHA = 72; // f64
export const MODEL_REG = 80; // f64
export const MODEL_REG_SCALING = 88; // f64
export const MODEL_NORM_MAX = 96; // f64 largest item norm
export const MODEL_FLOOR = 104; // f64 weight of a film liked not at all, 1: all weigh alike
export const MODEL_RATING_HIGH = 112; // f64
export const MODEL_RUNTIMES = 120; // u32 address
export const MODEL_RECENCY = 124; // u32 address, 0 = old films weigh as much as new ones
export const MODEL_COLD = 128; // u32 address of the image for strangers, 0 = none
export const MODEL_OVERLAY = 132; // u32 number of the catalogue overlay, 0 = none
export const MODEL_TRAINED = 136; // u32 items of the version itself; the rows behind them are the overlay's
export const MODEL_COLD_WEIGHTS = 144; // f64 [8] in the order of engine/cold-image.ts
export const MODEL_COLD_SCALE = 208; // f64 what the columns for strangers are multiplied by
export const MODEL_HEADER_BYTES = 256;

export const ENCODER_CONSTANT = 0;
export const ENCODER_FOLD_IN = 1;
export const ENCODER_SUM = 2;

// --- tile ---------------------------------------------------------------------------------------------------------------
export const TILE_SCALE = 0; // f64 value of one quantised step
export const TILE_NORM_MAX = 8; // f64 largest item norm in the tile
export const TILE_ERROR_MAX = 16; // f64 largest norm of (item − scale · quantised item)
export const TILE_FIRST_BLOCK = 24; // u32
export const TILE_BLOCK_COUNT = 28; // u32
export const TILE_BYTES = 32;

// --- view ---------------------------------------------------------------------------------------------------------------
export const VIEW_MASK = 0; // u32 address
export const VIEW_BIAS = 4; // u32 address, 0 = no bias
export const VIEW_TILE_BIAS = 8; // u32 address, with VIEW_BIAS
export const VIEW_COLD = 12; // u32 address of the same policy's view of the image for strangers, 0 = none
export const VIEW_HEADER_BYTES = 64;

// --- slab and lanes -----------------------------------------------------------------------------------------------------
export const LANES = 64;
export const TOP_MAX = 100;
/** The newest films of a history that the vector is computed from; older ones still count as seen. */
export const HISTORY_MAX = 512;
/** Films of a history that are kept out of the list; the store keeps no more than these. */
export const SEEN_MAX = 4096;
export const CANDIDATES_MAX = 1024;
/** 20 film ids of at most 255 bytes and their commas. */
export const BODY_MAX = 5120;

export const LANE_USER = 0; // f64 user id
export const LANE_STATUS = 8; // u32 STATUS_*
export const LANE_HISTORY_COUNT = 12; // u32
export const LANE_SEEN_COUNT = 16; // u32
export const LANE_TOP_COUNT = 20; // u32
export const LANE_CANDIDATE_COUNT = 28; // u32
export const LANE_LOWER_COUNT = 32; // u32
export const LANE_THRESHOLD_INTEGER = 36; // i32 of the tile in hand: quantised dot products below it cannot matter
export const LANE_THRESHOLD_FLOAT = 40; // f32 the same for a view with a bias
export const LANE_SCALE_FLOAT = 44; // f32 step · user step of the tile in hand
export const LANE_SCALE = 48; // f64 the same
export const LANE_ERROR = 56; // f64 bound on |exact score − quantised score| of the tile in hand
export const LANE_THRESHOLD = 64; // f64 the k-th best lower bound so far, −∞ before there are k
export const LANE_NORM = 72; // f64 |x|
export const LANE_STEP = 80; // f64 value of one quantised step of the user vector
export const LANE_STEP_NORM = 88; // f64 |step · quantised x|
export const LANE_STEP_ERROR = 96; // f64 |x − step · quantised x|
export const LANE_LAMBDA = 104; // f64 regularisation of this user's fold-in
export const LANE_SIZE = 112; // f64 |x|·|q| + |bias| of the tile in hand: what rounding errors are relative to
export const LANE_SCALE_INVERSE = 120; // f64 1 / LANE_SCALE, 0 for a scale of 0
export const LANE_DOTS = 128; // i32 [16] dot products of the block in hand
export const LANE_VECTOR = 192; // f32 [256]
export const LANE_QUANTISED = LANE_VECTOR + 4 * DIMENSIONS_MAX; // i16 [256]
export const LANE_LOWER = LANE_QUANTISED + 2 * DIMENSIONS_MAX; // f64 [128] best lower bounds, descending
export const LANE_TOP_ROWS = LANE_LOWER + 8 * 128; // u32 [128] answer, best first
export const LANE_TOP_SCORES = LANE_TOP_ROWS + 4 * 128; // f32 [128]
export const LANE_CANDIDATES = LANE_TOP_SCORES + 4 * 128; // [1024] of position u32, unused u32, upper bound f64
export const LANE_HISTORY = LANE_CANDIDATES + 16 * CANDIDATES_MAX; // u32 [512] positions
export const LANE_WEIGHTS = LANE_HISTORY + 4 * HISTORY_MAX; // f32 [512]
export const LANE_SEEN = LANE_WEIGHTS + 4 * HISTORY_MAX; // u32 [4096] positions
export const LANE_BYTES = LANE_SEEN + 4 * SEEN_MAX;

export const CANDIDATE_BYTES = 16;
export const CANDIDATE_UPPER = 8;

export const STATUS_WAITING = 0;
export const STATUS_PERSONAL = 1;
/** The model knows none of the user's films, or the user has none, or liked none. */
export const STATUS_NO_HISTORY = 2;
/** No vector or no score: numbers out of range. The next rung answers. */
export const STATUS_UNSOLVED = 3;
/** Answered from what the user says. */
export const STATUS_COLD = 4;

// --- slab: lanes, then what one batch needs once --------------------------------------------------------------------------
export const SLAB_LANES = LANES * LANE_BYTES; // u32 [64] addresses of the lanes that take part in a scan
export const SLAB_ACTIVE = SLAB_LANES + 4 * LANES; // u32 [64] those of them that need the tile in hand
export const SLAB_FOLD_SCALE = SLAB_ACTIVE + 4 * LANES; // f32 [256] D^−½
export const SLAB_FOLD_RIGHT = SLAB_FOLD_SCALE + 4 * DIMENSIONS_MAX; // f32 [256] right-hand side, then the solution
export const SLAB_FOLD_FACTORS = SLAB_FOLD_RIGHT + 4 * DIMENSIONS_MAX; // f32 [256] right-hand sides of the rows in hand
export const SLAB_FOLD_ROWS = SLAB_FOLD_FACTORS + 4 * DIMENSIONS_MAX; // f32 [256][256] scaled rows of the history, or the terms of a sum
export const SLAB_FOLD_MATRIX = SLAB_FOLD_ROWS + 4 * DIMENSIONS_MAX * DIMENSIONS_MAX; // f32 [256][256] the system
/** With room for the three rows beyond the last that the Cholesky factorisation reads. */
export const SLAB_BYTES = SLAB_FOLD_MATRIX + 4 * DIMENSIONS_MAX * (DIMENSIONS_MAX + 3);
