"""Prices and footprint of language models, from the PyPI packages `litellm` and `ecologits`."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pandas import DataFrame

from autograder.data.errors import DataError


def prices(files: Mapping[str, Path]) -> DataFrame:
    """Return the price list of conversation models: a row per model and provider. File: `prices`.

    Prices are in US dollars per million tokens; the source gives them per token.
    """
    rows = [
        {
            "modele": name,
            "fournisseur": entry["litellm_provider"],
            "prix_entree": _per_million(entry.get("input_cost_per_token")),
            "prix_sortie": _per_million(entry.get("output_cost_per_token")),
            "jetons_entree_max": entry.get("max_input_tokens"),
            "jetons_sortie_max": entry.get("max_output_tokens"),
            "fin_annoncee": entry.get("deprecation_date"),
        }
        for name, entry in _read(files["prices"]).items()
        if entry.get("mode") == "chat"
    ]
    limits = {"jetons_entree_max": "Int64", "jetons_sortie_max": "Int64"}
    return DataFrame(rows).astype(limits).sort_values("modele", ignore_index=True)


def models(files: Mapping[str, Path]) -> DataFrame:
    """Return what EcoLogits assumes of each model: parameters, in billions, as ranges. File: `models`."""
    rows = []
    for entry in _read(files["models"])["models"]:
        architecture = entry["architecture"]
        total, active = _parameters(architecture["parameters"])
        warnings = entry["warnings"] or []
        rows.append(
            {
                "modele": entry["name"],
                "fournisseur": entry["provider"],
                "architecture": architecture["type"],
                "parametres_min": total[0],
                "parametres_max": total[1],
                "actifs_min": active[0],
                "actifs_max": active[1],
                "jetons_par_seconde": entry["deployment"]["tps"],
                "delai_premier_jeton": entry["deployment"]["ttft"],
                "architecture_publiee": "model-arch-not-released" not in warnings,
                "multimodal": "model-arch-multimodal" in warnings,
            }
        )
    return DataFrame(rows).sort_values(["fournisseur", "modele"], ignore_index=True)


def electricity(files: Mapping[str, Path]) -> DataFrame:
    """Return the impacts of a kilowatt-hour of electricity, by zone. File: `mixes`."""
    rows = [
        {
            "zone": entry["name"],
            "kg_co2e": entry["gwp"],
            "energie_primaire_mj": entry["pe"],
            "metaux_kg_sb": entry["adpe"],
            "eau_litres": entry["wue"],
            "valeurs_mondiales": " ".join(
                sorted(name.split("-")[2] for name in entry["warnings"] or [] if name.endswith("-world"))
            ),
        }
        for entry in _read(files["mixes"])["electricity_mixes"]
    ]
    return DataFrame(rows).sort_values("zone", ignore_index=True)


def _per_million(cost: float | None) -> float | None:
    """Return a cost per million tokens, without the noise of the multiplication."""
    return None if cost is None else round(cost * 1_000_000, 6)


def _parameters(value: Any) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the ranges of total and active parameters; a dense model has all of its own active."""
    if isinstance(value, dict) and "total" in value:
        return _range(value["total"]), _range(value["active"])
    return _range(value), _range(value)


def _range(value: Any) -> tuple[float, float]:
    return (value["min"], value["max"]) if isinstance(value, dict) else (value, value)


def _read(file: Path) -> dict[str, Any]:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise DataError(f"« {file.name} » n’est pas du JSON.") from error
    if not isinstance(content, dict):
        raise DataError(f"« {file.name} » devrait être un objet.")
    return content
