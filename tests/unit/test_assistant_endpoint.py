"""The client, over real HTTP against a local server: what leaves, and the French message of each failure."""

import json

import pytest

from autograder.assistant import endpoint
from autograder.assistant.endpoint import Draft, Endpoint, EndpointError
from tests.stub_service import Service, serving


@pytest.fixture
def service(monkeypatch):
    for name in ("OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(name, "indiscret")  # what other programs have set must not leave
    with serving() as url:
        yield Endpoint(url, "cle-secrete", "petit")


def say(service, text="Bonjour ?", **options):
    draft = Draft(service, text)
    return "".join(endpoint.send(draft, draft.fingerprint, **options))


def test_models_are_read_and_no_text_is_sent(service):
    assert endpoint.models(service) == ["grand", "petit"]
    ((path, headers, body),) = Service.seen
    assert (path, headers["authorization"], body) == ("/v1/models", "Bearer cle-secrete", b"")


def test_what_was_shown_is_what_leaves_and_nothing_else(service):
    draft = Draft(service, "Résume : « un jour férié ».")
    assert Service.seen == []  # showing sends nothing
    shown = draft.preview()
    assert list(endpoint.send(draft, draft.fingerprint)) == ["Bon", "jour"]
    ((_, headers, body),) = Service.seen
    assert json.loads(body) == json.loads(shown["Contenu"])
    assert set(headers) <= endpoint.SENT_HEADERS and headers["user-agent"] == endpoint.AGENT
    assert "cle-secrete" not in str(shown) + repr(draft)


def test_each_sending_needs_its_own_agreement(service):
    draft = Draft(service, "Bonjour ?")
    for agreed in ("", "0" * 64, Draft(service, "Bonjour ?").fingerprint):
        with pytest.raises(EndpointError, match="Rien n’est parti"):
            list(endpoint.send(draft, agreed))
    assert Service.seen == []
    list(endpoint.send(draft, draft.fingerprint))
    with pytest.raises(EndpointError, match="un accord vaut pour un envoi"):
        list(endpoint.send(draft, draft.fingerprint))
    assert len(Service.seen) == 1


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (401, "clé est refusée"),
        (403, "pas le droit"),
        (404, "/v1"),
        (413, "trop long"),
        (307, "autre adresse"),
    ],
)
def test_a_refusal_is_explained_and_not_sent_again(service, code, words):
    Service.plan = [code] * 5
    with pytest.raises(EndpointError, match=words):
        say(service)
    assert len(Service.seen) == 1


def test_an_overloaded_service_is_tried_again(service):
    Service.plan = [429, 503]
    assert say(service) == "Bonjour"
    assert len(Service.seen) == 3


@pytest.mark.parametrize(("code", "words"), [(429, "Trop de demandes"), (503, "en panne ou surchargé")])
def test_then_given_up(service, code, words):
    Service.plan = [code] * 9
    with pytest.raises(EndpointError, match=words):
        say(service)
    assert len(Service.seen) == 1 + endpoint.RETRIES


def test_a_silent_service(service):
    Service.delay = 1.0
    with pytest.raises(EndpointError, match="n’a pas répondu"):
        say(service, seconds=0.2, retries=0)


def test_offline():
    with pytest.raises(EndpointError, match="injoignable"):
        say(Endpoint("http://127.0.0.1:9/v1", "cle", "petit"), retries=0)


def test_a_page_that_is_no_such_service(service, monkeypatch):
    def portal(self):
        self._reply(self._take(), "text/html", b"<p>Portail</p>")

    monkeypatch.setattr(Service, "do_GET", portal)
    monkeypatch.setattr(Service, "do_POST", portal)
    with pytest.raises(EndpointError, match="inattendue"):
        endpoint.models(service)
    with pytest.raises(EndpointError, match="rien répondu"):
        say(service)


@pytest.mark.parametrize(
    "url", ["", "service", "ftp://service.example/v1", "https://", "https://nom:cle@service.example/v1"]
)
def test_an_address_that_cannot_be_used(url):
    with pytest.raises(EndpointError, match="pas lisible"):
        endpoint.models(Endpoint(url, "cle"))


def test_the_key_never_travels_in_clear():
    with pytest.raises(EndpointError, match="en clair"):
        endpoint.models(Endpoint("http://service.example/v1", "cle"))


def test_a_service_without_key(service):
    assert say(Endpoint(service.url, model="petit")) == "Bonjour"
    assert "authorization" not in Service.seen[0][1]


def test_settings_come_from_the_course_own_variables():
    known = endpoint.from_environment(
        {"CAMPUS_AI_URL": "https://ia.example/v1/", "CAMPUS_AI_KEY": "k", "OPENAI_API_KEY": "autre"}
    )
    assert (known.url, known.key, known.model) == ("https://ia.example/v1", "k", "")
    assert endpoint.from_environment({"OPENAI_API_KEY": "autre"}).url == ""


def test_a_proxy_is_told_before_it_serves(monkeypatch):
    monkeypatch.setenv("https_proxy", "http://mandataire.example:3128")
    assert "mandataire.example" in Draft(Endpoint("https://ia.example/v1", "k", "m"), "x").preview()["Chemin"]
    assert "rien ne sort" in Draft(Endpoint("http://localhost:8080/v1", "k", "m"), "x").preview()["Chemin"]
