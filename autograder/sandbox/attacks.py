"""What the self-test tries, as notebook cells.

An attack counts as *refused* only when it meets the refusal that it expects. A crash, a missing name or a typing mistake is
not a refusal. `{…}` are the canaries planted by `selftest`.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Attack:
    """One attack: `expected` lists the exceptions that refuse it; `flag` is the limit that stops it."""

    name: str
    code: str
    expected: tuple[str, ...] = ()
    flag: str = ""
    outside: bool = False
    """Whether the self-test also looks outside, after the run, for a trace of the attack: a file, a process, a datagram."""


MOUNTING = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
def call(name, *arguments):
    if getattr(libc, name)(*arguments) < 0:
        raise OSError(ctypes.get_errno(), name)
"""

HIDDEN = ("FileNotFoundError", "PermissionError")

ATTACKS = (
    Attack("lire un fichier secret", "open({secret!r}).read()", HIDDEN),
    Attack("lire un fichier du dossier personnel", "open({home!r}).read()", HIDDEN),
    Attack("lire les mots de passe du système", "open('/etc/shadow').read()", HIDDEN),
    Attack("écrire hors de la copie", "open({target!r}, 'w').write('x')", (*HIDDEN, "OSError"), outside=True),
    Attack(
        "modifier Python",
        "import os; open(os.path.join(os.path.dirname(os.__file__), 'canari.py'), 'w')",
        ("PermissionError", "OSError"),
    ),
    Attack(
        "suivre un lien vers l’extérieur",
        "import os; os.symlink({secret!r}, 'lien'); open('lien').read()",
        HIDDEN,
    ),
    Attack(
        "se connecter par TCP",
        "import socket; socket.create_connection(('127.0.0.1', {tcp}), 2)",
        ("PermissionError",),
        outside=True,
    ),
    Attack(
        "envoyer par UDP",
        "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', {udp}))",
        ("PermissionError",),
        outside=True,
    ),
    Attack("chercher un nom (DNS)", "import socket; socket.getaddrinfo('example.org', 80)", ("gaierror",)),
    Attack(
        "se connecter à un autre programme (socket Unix)",
        "import socket; socket.socket(socket.AF_UNIX).connect({unix!r})",
        ("PermissionError",),
        outside=True,
    ),
    Attack(
        "arrêter un autre programme",
        "import os; os.kill({victim}, 9)",
        ("PermissionError", "ProcessLookupError"),
        outside=True,
    ),
    Attack(
        "observer un autre programme (ptrace)",
        MOUNTING + "call('ptrace', 16, {victim}, 0, 0)",
        ("PermissionError",),
    ),
    Attack(
        "lire la mémoire d’un autre programme",
        "open('/proc/{victim}/mem', 'rb').read(1)",
        HIDDEN,
    ),
    Attack(
        "monter un disque", MOUNTING + "call('mount', b'x', b'/tmp', b'tmpfs', 0, None)", ("PermissionError",)
    ),
    Attack("changer d’espace (unshare)", MOUNTING + "call('unshare', 0x10000000)", ("PermissionError",)),
    Attack("devenir administrateur", "import os; os.setuid(0)", ("PermissionError", "OSError")),
    Attack("dépasser la mémoire", "x = bytearray({memory})", ("MemoryError",), flag="memory"),
    Attack(
        "lancer des programmes sans fin",
        "import os, time\nfor _ in range({processes}):\n    if os.fork() == 0:\n        time.sleep(5)\n        os._exit(0)",
        ("BlockingIOError",),
        flag="processes",
    ),
    Attack("remplir le disque", "open('gros', 'wb').write(bytes({file}))", ("OSError",), flag="disk"),
    Attack("calculer sans fin", "while True: pass", flag="time"),
    Attack("afficher sans fin", "print('x' * {output})", flag="output"),
    Attack(
        "laisser un programme derrière soi",
        "import os, time\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n        os.execlp('sleep', {daemon!r}, '60')\n    os._exit(0)\nos.wait()\ntime.sleep(0.2)",
        outside=True,
    ),
)

CONTROLS = {
    "lire un fichier permis": "assert open({allowed!r}).read() == 'permis'",
    "lire sa copie": "assert open('copie.txt').read() == 'copie'",
    "écrire dans sa copie": "open('nouveau.txt', 'w').write('x'); assert open('nouveau.txt').read() == 'x'",
    "importer un module encore jamais chargé": "import xml.dom.expatbuilder, wave",
    "utiliser des fils d’exécution": "import threading; t = threading.Thread(target=print); t.start(); t.join()",
    "lancer un programme": "import subprocess; assert subprocess.check_output(['echo', 'x']) == b'x\\n'",
    "lancer une commande de cellule": "x = !echo bonjour\nassert x == ['bonjour'], x",
    "utiliser des fichiers temporaires": "import tempfile; tempfile.NamedTemporaryFile().write(b'x')",
    "tracer un graphique": "import matplotlib.pyplot as plt; plt.plot([1, 2]); plt.show()",
    "connaître les fuseaux horaires": "import zoneinfo; zoneinfo.ZoneInfo('Europe/Paris')",
    "attendre (await)": "import asyncio; await asyncio.sleep(0)",
}
# Python's pools need shared semaphores, which the weaker tier cannot give to one run alone.
CONTROLS_WITH_NAMESPACES = {
    "calculer à plusieurs programmes": "import multiprocessing\nwith multiprocessing.get_context('fork').Pool(2) as pool:\n    assert pool.map(abs, [-1, -2]) == [1, 2]",
}
