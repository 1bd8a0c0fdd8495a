"""Talk to a model by the `openai` client: any compatible address. Nothing leaves before it was shown and agreed to.

No telemetry, no header but those shown, no redirection followed, no proxy that was not told.
"""

import hashlib
import ipaddress
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from autograder.french.numbers import short

if TYPE_CHECKING:
    from openai import OpenAI

VARIABLES = {"url": "CAMPUS_AI_URL", "key": "CAMPUS_AI_KEY", "model": "CAMPUS_AI_MODEL"}
SECONDS = 60.0
"""Without a word from the service for so long, we stop waiting."""
RETRIES = 2
"""When the service is overloaded or does not answer, the same request is sent again, so many times at most."""
AGENT = "campus-numerique-public"
SENT_HEADERS = frozenset(
    {
        *("accept", "accept-encoding", "authorization", "connection"),
        *("content-length", "content-type", "host", "user-agent"),
    }
)


_spent: set[str] = set()
"""The agreements that have served."""


class EndpointError(Exception):
    """A French message for the learner: what happened, and what to do."""


@dataclass(frozen=True)
class Endpoint:
    """A service compatible with OpenAI's: its address ends with `/v1`. The key is never printed."""

    url: str
    key: str = field(default="", repr=False)
    model: str = ""

    @property
    def host(self) -> str:
        """The name of the machine that receives."""
        return urlsplit(self.url).hostname or ""

    @property
    def local(self) -> bool:
        """Tell whether this is the learner's own machine."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def proxy(self) -> str | None:
        """The proxy that this machine's settings put on the way, or None."""
        if self.local or proxy_bypass(self.host):
            return None
        proxies = getproxies()
        return proxies.get(urlsplit(self.url).scheme) or proxies.get("all")

    def verify(self) -> None:
        """Raise EndpointError when the address cannot be used, or would let the key travel in clear."""
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
            raise EndpointError(
                "L’adresse du service n’est pas lisible. Elle ressemble à « https://service.example/v1 » : "
                "copiez-la depuis la documentation de votre service."
            )
        if parts.scheme == "http" and not self.local:
            raise EndpointError(
                "Cette adresse commence par « http:// » : le texte et la clé circuleraient en clair. "
                "Demandez à votre service une adresse en « https:// »."
            )


@dataclass(frozen=True)
class Draft:
    """What would be sent. Nothing is, as long as its fingerprint was not agreed to. A draft is sent once: `token` makes each one new."""

    endpoint: Endpoint
    text: str
    token: str = field(default_factory=lambda: secrets.token_hex(8), repr=False)

    @property
    def body(self) -> dict[str, Any]:
        """The whole content of the request."""
        messages = [{"role": "user", "content": self.text}]
        return {"messages": messages, "model": self.endpoint.model, "stream": True}

    @property
    def fingerprint(self) -> str:
        """What an agreement bears on: the recipient and the content."""
        shown = json.dumps(
            [self.token, self.endpoint.url, self.endpoint.proxy, self.body], ensure_ascii=False
        )
        return hashlib.sha256(shown.encode()).hexdigest()

    def preview(self) -> dict[str, str]:
        """Return what will be sent, to be shown before: recipient, way, headers, content, size."""
        content = json.dumps(self.body, ensure_ascii=False, indent=2)
        key = "votre clé (non montrée)" if self.endpoint.key else "aucune"
        if self.endpoint.local:
            way = "cet ordinateur même : rien ne sort sur le réseau"
        elif self.endpoint.proxy:
            proxy = urlsplit(self.endpoint.proxy).hostname
            way = f"le réseau, par le serveur mandataire (proxy) {proxy} réglé sur cet ordinateur"
        else:
            way = "le réseau, directement"
        return {
            "Destinataire": f"{self.endpoint.url}/chat/completions",
            "Chemin": way,
            "Modèle demandé": self.endpoint.model,
            "Clé": key,
            "En-têtes": f"type du contenu (JSON), nom du programme ({AGENT}) ; ni le nom de votre ordinateur, ni votre système",
            "Contenu": content,
            "Taille": f"{len(self.text)} caractères de texte",
        }


def from_environment(environment: Mapping[str, str] = os.environ) -> Endpoint:
    """Return the service that environment variables describe (VARIABLES); its address is empty when they say none."""
    values = {name: environment.get(variable, "").strip() for name, variable in VARIABLES.items()}
    return Endpoint(values["url"].rstrip("/"), values["key"], values["model"])


def models(endpoint: Endpoint, *, seconds: float = SECONDS, retries: int = RETRIES) -> list[str]:
    """Return the names of the models that a service offers, read at `/models`. Sends the key and no text.

    Raises EndpointError, in French.
    """
    with _client(endpoint, seconds, retries) as client:
        return sorted(model.id for model in client.models.list().data)


def send(draft: Draft, agreed: str, *, seconds: float = SECONDS, retries: int = RETRIES) -> Iterator[str]:
    """Send a draft, and yield the pieces of the answer as they come.

    `agreed` is the fingerprint of the draft that the person saw and agreed to send; each sending needs its own agreement.
    Raises EndpointError, in French.
    """
    if agreed != draft.fingerprint:
        raise EndpointError(
            "Rien n’est parti : ce texte n’est pas celui que vous avez relu. Affichez d’abord ce qui va être envoyé."
        )
    if not draft.text.strip() or not draft.endpoint.model:
        raise EndpointError("Rien n’est parti : il manque le texte ou le nom du modèle.")
    if agreed in _spent:
        raise EndpointError(
            "Rien n’est reparti : un accord vaut pour un envoi. Affichez de nouveau ce qui va être envoyé."
        )
    _spent.add(agreed)
    with _client(draft.endpoint, seconds, retries) as client:
        body, silent = draft.body, True
        for piece in client.chat.completions.create(
            model=body["model"], messages=body["messages"], stream=True
        ):
            if piece.choices and piece.choices[0].delta.content:
                silent = False
                yield piece.choices[0].delta.content
    if silent:
        raise EndpointError(
            f"{draft.endpoint.host} n’a rien répondu : ce n’est peut-être pas un service compatible. Votre texte, lui, est parti."
        )


@contextmanager
def _client(endpoint: Endpoint, seconds: float, retries: int) -> "Iterator[OpenAI]":
    """Give a client of a service; what goes wrong inside becomes an EndpointError."""
    endpoint.verify()
    import httpx2
    import openai

    def only_what_was_shown(request: httpx2.Request) -> None:
        for name in set(request.headers) - SENT_HEADERS:
            del request.headers[name]
        request.headers["user-agent"] = AGENT
        if not endpoint.key:
            request.headers.pop("authorization", None)

    http = httpx2.Client(
        trust_env=False,
        proxy=endpoint.proxy,
        follow_redirects=False,
        timeout=seconds,
        event_hooks={"request": [only_what_was_shown]},
    )
    client = openai.OpenAI(
        api_key=endpoint.key or "aucune",
        base_url=endpoint.url,
        max_retries=retries,
        timeout=seconds,
        http_client=http,
    )
    try:
        with client:
            yield client
    except openai.APITimeoutError as error:
        raise EndpointError(
            f"{endpoint.host} n’a pas répondu en {short(seconds)} secondes. Il est peut-être surchargé : réessayez plus tard, "
            "avec un texte plus court."
        ) from error
    except openai.APIConnectionError as error:
        raise EndpointError(
            f"{endpoint.host} est injoignable : pas de réseau, ou adresse inexacte. "
            "Le reste du carnet se fait sans ce service."
        ) from error
    except openai.APIStatusError as error:
        raise EndpointError(_status(error.status_code, endpoint)) from error
    except (openai.OpenAIError, httpx2.HTTPError, ValueError, AttributeError, TypeError) as error:
        # The last two: the client takes any page for an answer, a portal's for instance.
        raise EndpointError(
            f"{endpoint.host} a répondu de façon inattendue : ce n’est peut-être pas un service compatible."
        ) from error


def _status(code: int, endpoint: Endpoint) -> str:
    """Return the French message for an HTTP code."""
    explained = {
        401: "La clé est refusée (code 401). Vérifiez qu’elle est entière, qu’elle n’a pas expiré, et qu’elle est bien celle de ce service.",
        403: "Le service refuse cette demande (code 403) : votre clé n’a pas le droit d’utiliser ce modèle. Demandez-le à votre service.",
        404: "Introuvable (code 404). Vérifiez que l’adresse finit par « /v1 », et que le modèle est dans la liste du service.",
        413: "Le texte est trop long pour ce service (code 413). Envoyez-en moins.",
        429: "Trop de demandes (code 429), même après plusieurs essais. Le service limite votre usage : attendez quelques minutes.",
    }
    if 300 <= code < 400:
        return f"{endpoint.host} renvoie vers une autre adresse (code {code}). Nous ne la suivons pas : vous n’avez accepté que celle-ci."
    if code >= 500:
        return f"{endpoint.host} est en panne ou surchargé (code {code}), même après plusieurs essais. Réessayez plus tard."
    return explained.get(code, f"Le service a refusé la demande (code {code}).")
