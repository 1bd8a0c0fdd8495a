"""The assistant's forms: each message from the page gets its reply, and the key stays out of what a notebook keeps."""

from autograder.assistant import endpoint
from autograder.assistant.desk import Desk


class Page:
    """The page's side of a form."""

    def __init__(self, widget="send"):
        self.desk = Desk(widget)
        self.replies = []
        self.desk.send = self.replies.append

    def says(self, action, **values):
        self.desk._handle_custom_msg({"request": "r1", "action": action, **values}, [])
        return self.replies[-1]


SERVICE = {"url": "https://ia.example/v1", "key": "cle-secrete", "model": "m"}


def test_masking():
    assert Page().says("mask", text="a@b.example") == {"request": "r1", "reply": "[courriel]"}


def test_only_what_was_shown_last_is_sent(monkeypatch):
    sent = []
    monkeypatch.setattr(
        endpoint, "send", lambda draft, agreed: sent.append(draft.text) or iter(["Bon", "jour"])
    )
    page = Page()
    first = page.says("preview", text="un", **SERVICE)["reply"]["fingerprint"]
    second = page.says("preview", text="deux", **SERVICE)["reply"]["fingerprint"]
    assert "error" in page.says("send", agreed=first)
    assert page.says("send", agreed=second) == {"request": "r1", "reply": ""}
    assert [r["piece"] for r in page.replies if "piece" in r] == ["Bon", "jour"]
    assert "error" in page.says("send", agreed=second)
    assert sent == ["deux"]


def test_the_key_is_in_no_trait_and_no_reply():
    page = Page()
    page.says("preview", text="un", **SERVICE)
    assert "cle-secrete" not in str(page.desk.get_state()) + str(page.replies)


def test_the_key_of_the_environment_goes_to_its_own_address_only(monkeypatch):
    monkeypatch.setenv("CAMPUS_AI_URL", "https://ia.example/v1")
    monkeypatch.setenv("CAMPUS_AI_KEY", "cle-secrete")
    shown = {"url": "https://ia.example/v1", "key": "", "model": "m", "text": "un"}
    rows = dict(Page().says("preview", **shown)["reply"]["rows"])
    assert rows["Clé"].startswith("votre clé")
    rows = dict(Page().says("preview", **shown | {"url": "https://autre.example/v1"})["reply"]["rows"])
    assert rows["Clé"] == "aucune"


def test_a_bad_address_is_explained():
    assert "pas lisible" in Page().says("models", url="x", key="")["error"]


def test_an_unforeseen_message_is_told_in_french():
    assert "erreur imprévue" in Page().says("send", agreed="inconnu")["error"]
