"""Training by `implicit`, and the loss of anybody's factors, behind lines of text: a command on stdin, its answer on stdout.

  load <folder> <d> <alpha> <lambda> <threads>  ok      the files of bench/train/problem.ts
  half <users|items>                            <lap>   solves every row of that side by three conjugate-gradient steps
  factors <users> <items>                       ok      writes its factors to two files of f32 rows
  loss <users> <items>                          <loss>  of the factors in two files of f32 rows
A lap is `<CPU seconds> <wall seconds> <checksum>`. The first line, before any command, says which versions run.

With c = alpha, the loss is the sum over all pairs of s^2, over observed pairs of (1 + c)(1 - s)^2 - s^2, and of
lambda |row|^2 over all rows. What `implicit` calls the confidence of an observed pair is the whole weight, 1 + c: its solver
takes (confidence - 1) y y' into the matrix and confidence y into the right-hand side, and the same lambda for every row.
"""

import os
import time

import implicit
import numpy as np
from implicit.cpu.als import AlternatingLeastSquares
from scipy.sparse import csr_matrix

from lines import serve

SIDES = ("users", "items")
PAIRS_A_STEP = 200_000


class Training:
    def __init__(self, folder, d, alpha, ridge, threads):
        self.d, self.alpha, self.ridge = int(d), float(alpha), float(ridge)
        indptr, indices = (np.fromfile(os.path.join(folder, name), np.int32) for name in ("indptr", "indices"))
        self.factors = {side: self.read(os.path.join(folder, side)) for side in SIDES}
        confidences = np.full(len(indices), 1 + self.alpha, np.float32)
        users = csr_matrix((confidences, indices, indptr), [len(self.factors[side]) for side in SIDES])
        self.confidences = {"users": users, "items": users.T.tocsr()}
        # What `fit` calls twice an iteration, with the same arguments.
        self.solve = AlternatingLeastSquares(factors=self.d, use_cg=True, num_threads=int(threads)).solver
        self.threads = int(threads)

    def read(self, path):
        return np.fromfile(path, np.float32).reshape(-1, self.d)

    def half(self, side):
        own, other = self.factors[side], self.factors["items" if side == "users" else "users"]
        cpu, wall = time.process_time(), time.perf_counter()
        self.solve(self.confidences[side], own, other, self.ridge, num_threads=self.threads)
        return time.process_time() - cpu, time.perf_counter() - wall, float(own.sum())

    def loss(self, users, items):
        users, items = self.read(users), self.read(items)
        total = self.ridge * sum(float(np.square(rows, dtype=np.float64).sum()) for rows in (users, items))
        total += float((gram(users) * gram(items)).sum())
        observed = self.confidences["users"]
        user_of = np.repeat(np.arange(len(users)), np.diff(observed.indptr))
        for start in range(0, observed.nnz, PAIRS_A_STEP):
            pairs = slice(start, start + PAIRS_A_STEP)
            scores = np.einsum("ij,ij->i", users[user_of[pairs]], items[observed.indices[pairs]]).astype(np.float64)
            total += float(((1 + self.alpha) * (1 - scores) ** 2 - scores**2).sum())
        return total


def gram(rows):
    wide = rows.astype(np.float64)
    return wide.T @ wide


def answer(training, command, words):
    if command == "half":
        return "%.9f %.9f %r" % training.half(words[0])
    if command == "loss":
        return repr(training.loss(*words))
    if command == "factors":
        for side, path in zip(SIDES, words):
            training.factors[side].tofile(path)
        return "ok"
    raise ValueError(f"unknown command {command}")


serve({"implicit": implicit.__version__, "numpy": np.__version__}, Training, answer)
