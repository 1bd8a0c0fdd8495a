"""The command `campus data`: list, check, rebuild and refresh the datasets."""

import argparse
import dataclasses
import sys
from pathlib import Path
from typing import Any

from tqdm import tqdm

from autograder.data import catalogue as catalogues
from autograder.data.catalogue import Catalogue
from autograder.data.errors import DataError, Unavailable
from autograder.verbs import print_json


def add_parser(subparsers: Any) -> None:
    """Add the command `data` to the subparsers of `campus`; `run` is what it calls."""
    data = subparsers.add_parser(
        "data",
        help="lister, ajouter, vérifier, reconstruire ou actualiser les jeux de données, télécharger les textes",
        description="Jeux de données du cours : lister, ajouter, vérifier, reconstruire, actualiser, télécharger les textes.",
    )
    data.set_defaults(run=run)
    verbs = data.add_subparsers(dest="verb", required=True, metavar="ACTION")
    _add_verb(verbs, "list", "lister les jeux de données et leurs millésimes")
    check = _add_verb(
        verbs, "check", "vérifier fichiers, empreintes, schémas, lecture, licences et données personnelles"
    )
    check.add_argument("id", nargs="?", metavar="JEU", help="par exemple communes-2026 ; tous par défaut")
    _add_add(verbs)
    rebuild = _add_verb(verbs, "rebuild", "reconstruire depuis le paquet d’origine, et comparer")
    rebuild.add_argument("id", nargs="?", metavar="JEU", help="par exemple communes-2026 ; tous par défaut")
    rebuild.add_argument("--write", action="store_true", help="remplacer l’extrait s’il diffère")
    fetch = _add_verb(verbs, "fetch", "télécharger les textes que le dépôt ne contient pas, et les vérifier")
    fetch.add_argument("id", nargs="?", metavar="JEU", help="par exemple fiches-travail ; tous par défaut")
    refresh = _add_verb(verbs, "refresh", "télécharger un nouveau millésime chez le producteur")
    refresh.add_argument("id", metavar="JEU", help="par exemple communes")
    refresh.add_argument(
        "--vintage", type=int, required=True, metavar="ANNÉE", help="année du nouveau millésime"
    )


def _add_add(verbs: Any) -> None:
    add = _add_verb(verbs, "add", "ajouter un fichier CSV ou Parquet au catalogue")
    add.add_argument("file", type=Path, metavar="FICHIER", help="par exemple cantines-2026.csv")
    add.add_argument(
        "--licence", required=True, metavar="NOM", help="par exemple etalab-2.0 (dossier LICENCES)"
    )
    add.add_argument("--name", metavar="NOM", help="nom du jeu (par défaut, celui du fichier)")
    add.add_argument(
        "--vintage", type=int, metavar="ANNÉE", help="millésime (par défaut, l’année du nom du fichier)"
    )
    add.add_argument("--title", metavar="TITRE", help="titre du jeu")
    add.add_argument("--producer", metavar="QUI", help="qui produit ces données")
    add.add_argument("--source", metavar="ADRESSE", help="adresse de la page d’où elles viennent")


def run(args: argparse.Namespace) -> int:
    """Run the verb; return the exit code: 0 only when all is well."""
    try:
        answer, ok = _VERBS[args.verb](catalogues.read(), args)
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"Lecture ou écriture impossible, rien n’a été changé : {error}", file=sys.stderr)
        return 1
    if args.json:
        print_json(answer)
    return 0 if ok else 1


def _add_verb(verbs: Any, name: str, description: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(name, help=description, description=description)
    parser.add_argument("--json", action="store_true", help="répondre en JSON sur la sortie standard")
    return parser


def _list(catalogue: Catalogue, args: argparse.Namespace) -> tuple[dict[str, Any], bool]:
    keys = ("id", "dataset", "vintage", "title", "rows", "producer", "synthetic")
    datasets = [
        {key: getattr(resource, key) for key in keys} | {"licence": resource.licence.name}
        for resource in catalogue.resources
    ]
    for resource in catalogue.resources:
        _say(args, f"{resource.id} : {resource.title}")
        _say(args, f"    {resource.rows} lignes · {resource.producer} · {resource.licence.title}")
    for entry in catalogue.bad:
        _say(
            args,
            f"{entry.id or 'sans nom'} : fiche à corriger ; « campus data check {entry.id} » dit en quoi",
        )
    return {"datasets": datasets}, True


def _check(catalogue: Catalogue, args: argparse.Namespace) -> tuple[dict[str, Any], bool]:
    from autograder.data import check

    chosen = [one for one in catalogue.resources if args.id in (None, one.id, one.dataset)]
    bad = [one for one in catalogue.bad if args.id in (None, one.id, one.dataset)]
    if args.id and not chosen and not bad:
        catalogue.resolve(args.id)
    reports = [check.check_resource(resource) for resource in _progress(chosen)]
    reports += [check.check_bad_entry(entry) for entry in bad]
    errors = [] if args.id else check.check_catalogue(catalogue)
    for report in reports:
        _say(args, f"{report.id} : {'en ordre' if not report.errors else 'à corriger'}")
        for error in report.errors:
            _say(args, f"    {error}")
    for error in errors:
        _say(args, error)
    answer = {"datasets": [dataclasses.asdict(report) for report in reports], "errors": errors}
    return answer, not errors and not any(report.errors for report in reports)


def _add(catalogue: Catalogue, args: argparse.Namespace) -> tuple[dict[str, Any], bool]:
    from autograder.data import add

    order = add.Order(**{field.name: getattr(args, field.name) for field in dataclasses.fields(add.Order)})
    added = add.add(catalogue, order)
    read = f" (lu en {added.encoding}, séparateur : {added.separator})" if added.encoding else ""
    _say(args, f"{added.id} : {added.rows} lignes{read}")
    for name, kind in added.fields:
        _say(
            args, f"    {name} : {add.TYPES[kind]}{f' ({added.notes[name]})' if name in added.notes else ''}"
        )
    _say(args, f"    clé : {', '.join(added.key) or 'aucune colonne n’identifie seule une ligne'}")
    _say(
        args,
        "Relisez ces types dans le schéma. Puis écrivez ce qui est marqué « À écrire » dans datasets/datapackage.json, dans "
        f"datasets/schemas/ et dans NOTICE.md, et lancez « campus data check {added.id} ».",
    )
    return dataclasses.asdict(added), True


def _rebuild(catalogue: Catalogue, args: argparse.Namespace) -> tuple[dict[str, Any], bool]:
    from autograder.data import rebuild

    if args.id:
        resources = [catalogue.resolve(args.id)]
    else:
        resources = [resource for resource in catalogue.resources if resource.recipe]
    results = []
    for resource in _progress(resources):
        try:
            results.append(rebuild.rebuild(catalogue, resource, args.write))
        except Unavailable as error:
            if args.id:
                raise
            _say(args, f"{resource.id} : non reconstruit ici. {error}")
    for result in results:
        if result.identical:
            _say(args, f"{result.id} : identique, octet pour octet")
            continue
        _say(
            args,
            f"{result.id} : {'remplacé' if result.written else 'différent de l’extrait du cours'}",
        )
        for sentence in result.changes.sentences() if result.changes else ["aucun extrait à comparer"]:
            _say(args, f"    {sentence}")
    answer = {"datasets": [dataclasses.asdict(result) for result in results]}
    return answer, all(result.identical or result.written for result in results)


def _fetch(catalogue: Catalogue, args: argparse.Namespace) -> tuple[dict[str, Any], bool]:
    from autograder.data import texts

    resources = [catalogue.resolve(args.id)] if args.id else catalogue.with_texts()
    for resource in resources:
        texts.fetch(resource)
        _say(args, f"{resource.id} : les textes sont là, vérifiés")
    return {"datasets": [resource.id for resource in resources]}, True


def _refresh(catalogue: Catalogue, args: argparse.Namespace) -> tuple[dict[str, Any], bool]:
    from autograder.data import refresh

    result = refresh.refresh(catalogue, catalogue.resolve(args.id), args.vintage)
    _say(args, f"{result.id} : {result.rows} lignes. Par rapport à {result.compared_with} :")
    for sentence in result.changes.sentences():
        _say(args, f"    {sentence}")
    _say(
        args,
        "Relisez les clés « limits », « sources » et « description » du catalogue, puis validez.",
    )
    return dataclasses.asdict(result), True


_VERBS = {
    "list": _list,
    "add": _add,
    "check": _check,
    "rebuild": _rebuild,
    "fetch": _fetch,
    "refresh": _refresh,
}


def _progress(resources: Any) -> Any:
    """Show a progress bar on standard error, when it is a terminal."""
    return tqdm(resources, desc="Jeux de données", unit="jeu", disable=None)


def _say(args: argparse.Namespace, text: str) -> None:
    """Print for people: on standard error when standard output is for JSON."""
    print(text, file=sys.stderr if args.json else sys.stdout)
