"""The recommender behind Flask."""

from flask import Flask, Response

from recommender import recommender

app = Flask(__name__)


@app.get("/recommend/<int:user>")
def recommend(user):
    return Response(recommender.recommend(user), mimetype="text/plain")


@app.get("/readyz")
def readyz():
    return Response("ready", mimetype="text/plain")
