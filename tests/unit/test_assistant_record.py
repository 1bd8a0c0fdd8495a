"""Recording a model's answers: each request is agreed to, each answer is read, and what names a person is not kept."""

import json

import pytest
import yaml

from autograder.assistant.claims import claims
from autograder.assistant.endpoint import Endpoint, EndpointError
from autograder.assistant.record import INSTRUCTION, Reader, record
from tests.stub_service import Service, serving

TERMS = "https://service.example/conditions"


class Person(Reader):
    """Gives prepared answers, « oui » when there are no more, and keeps what was shown."""

    def __init__(self, *answers: str) -> None:
        self.shown: list[str] = []
        left = iter(answers)
        super().__init__(ask=lambda _: next(left, "oui"), say=self.shown.append)


@pytest.fixture
def url():
    with serving() as address:
        yield address


def test_prompt_model_date_and_settings_are_kept_with_each_answer(url, tmp_path):
    path = tmp_path / "reponses.yml"
    assert record(Endpoint(url, "cle-secrete", "petit"), path, Person(TERMS)) == 6
    kept = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert (kept["model"], kept["host"], kept["terms"]) == ("petit", "127.0.0.1", TERMS)
    assert kept["recorded"] and kept["settings"]
    first = kept["answers"][0]
    assert first["answer"] == "Bonjour"
    assert first["request"]["messages"][0]["content"] == f"{INSTRUCTION}\n\n{claims()[0].question}"
    assert "cle-secrete" not in path.read_text(encoding="utf-8")


def test_without_the_terms_of_the_service_nothing_leaves(url, tmp_path):
    with pytest.raises(EndpointError, match="conditions"):
        record(Endpoint(url, "", "petit"), tmp_path / "reponses.yml", Person("je ne sais pas"))
    assert Service.seen == []


def test_a_request_that_is_refused_does_not_leave(url, tmp_path):
    assert (
        record(Endpoint(url, "", "petit"), tmp_path / "reponses.yml", Person(TERMS, "non", "oui", "non")) == 4
    )
    sent = [json.loads(body)["messages"][0]["content"] for _, _, body in Service.seen]
    assert len(sent) == 5 and not any(claims()[0].question in one for one in sent)


def test_an_answer_that_seems_to_name_a_person_is_not_kept(url, tmp_path, monkeypatch):
    monkeypatch.setattr(Service, "pieces", ("Écrivez à ", "a.b@c.example."))
    person = Person(TERMS)
    assert record(Endpoint(url, "", "petit"), tmp_path / "reponses.yml", person) == 0
    assert "Écrivez à [courriel]." in person.shown
    assert not (tmp_path / "reponses.yml").exists()


def test_what_was_kept_is_written_when_the_service_fails_on_the_way(url, tmp_path):
    path = tmp_path / "reponses.yml"
    Service.plan = [200, 401]
    with pytest.raises(EndpointError, match="clé"):
        record(Endpoint(url, "", "petit"), path, Person(TERMS))
    assert len(yaml.safe_load(path.read_text(encoding="utf-8"))["answers"]) == 1
