"""Trusted functions that the tests call in a child."""

from autograder.sandbox.requests import ask


def as_json(namespace, name):
    return namespace[name]


def as_bytes(namespace, name):
    return namespace[name].encode()


def call(namespace, name):
    return namespace[name]()


def ask_double(number):
    body, _ = ask({"number": number})
    return body["value"]
