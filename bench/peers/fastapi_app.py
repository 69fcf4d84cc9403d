"""The recommender behind FastAPI. It never waits, so handing it to a pool of threads would only cost."""

from fastapi import FastAPI
from fastapi.responses import PlainTextResponse

from recommender import recommender

app = FastAPI(openapi_url=None)


@app.get("/recommend/{user}")
async def recommend(user: int):
    return PlainTextResponse(recommender.recommend(user))


@app.get("/readyz")
async def readyz():
    return PlainTextResponse("ready")
