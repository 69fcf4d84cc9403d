"""The peers' side of process.ts: a command on stdin, its answer on stdout, one line each."""

import sys


def serve(versions, load, answer):
    """`load(*words)` makes what `answer(loaded, command, words)` works on. The first line says which versions run."""
    print(" ".join(f"{name}={version}" for name, version in versions.items()), flush=True)
    loaded = None
    for line in sys.stdin:
        command, *words = line.split()
        if command == "load":
            loaded = load(*words)
            print("ok", flush=True)
        else:
            print(answer(loaded, command, words), flush=True)
