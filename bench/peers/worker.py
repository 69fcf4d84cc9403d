"""The libraries that the kernels are compared with, behind lines of text: a command on stdin, its answer on stdout.

  load <items> <vectors> <d>              ok        two files of f32 rows, which the commands below use
  scan <peer> <batch>                     <lap>     the best 20 items of every vector, by inner product
  top <peer>                              <rows>    the same for the first 50 vectors: their 20 rows each, one after another
  fold <histories> <length> <alpha> <lambda> <out>
                                          <lap>     the user vector of every history (a file of i32 rows), weights 1, solved
                                                    in f64 as registry/model.ts defines it; written to a file of f64 rows
A lap is `<CPU seconds> <wall seconds> <checksum>`. The first line, before any command, says which versions run.
"""

import time

import faiss
import implicit
import numpy as np
from implicit.cpu.topk import topk

from lines import serve

BEST = 20
faiss.omp_set_num_threads(1)


class Matrices:
    def __init__(self, items, vectors, d):
        self.items = np.fromfile(items, dtype=np.float32).reshape(-1, int(d))
        self.vectors = np.fromfile(vectors, dtype=np.float32).reshape(-1, int(d))
        self.index = faiss.IndexFlatIP(int(d))
        self.index.add(self.items)
        wide = self.items.astype(np.float64)
        self.gram = wide.T @ wide

    def best(self, peer, vectors):
        if peer == "faiss":
            return self.index.search(vectors, BEST)[1]
        return topk(self.items, vectors, BEST, num_threads=1)[0]

    def scan(self, peer, batch):
        checksum = 0
        for start in range(0, len(self.vectors), batch):
            checksum += int(self.best(peer, self.vectors[start : start + batch]).sum())
        return checksum

    def fold(self, histories, alpha, ridge):
        base = self.gram + ridge * np.eye(len(self.gram))
        solved = np.empty((len(histories), len(self.gram)))
        for user, rows in enumerate(histories):
            films = self.items[rows].astype(np.float64)
            solved[user] = np.linalg.solve(base + alpha * (films.T @ films), (1 + alpha) * films.sum(axis=0))
        return solved


def lap(work):
    cpu, wall = time.process_time(), time.perf_counter()
    result = work()
    return time.process_time() - cpu, time.perf_counter() - wall, result


def answer(matrices, command, words):
    if command == "scan":
        return "%.9f %.9f %d" % lap(lambda: matrices.scan(words[0], int(words[1])))
    if command == "top":
        return " ".join(map(str, matrices.best(words[0], matrices.vectors[:50]).ravel()))
    if command == "fold":
        histories = np.fromfile(words[0], dtype=np.int32).reshape(-1, int(words[1]))
        cpu, wall, solved = lap(lambda: matrices.fold(histories, float(words[2]), float(words[3])))
        solved.tofile(words[4])
        return "%.9f %.9f %r" % (cpu, wall, float(solved.sum()))
    raise ValueError(f"unknown command {command}")


versions = {"faiss-cpu": faiss.__version__, "implicit": implicit.__version__, "numpy": np.__version__}
serve(versions, Matrices, answer)
