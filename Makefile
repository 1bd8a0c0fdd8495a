# Each target is one call of scripts/ or of `campus`. `make` alone says what there is.
PYTHON ?= python3
# nbgrader calls other tools by their bare names: the environment's commands must come first on PATH.
export PATH := $(CURDIR)/.venv/bin:$(PATH)
# They may bring in other libraries, or another Python.
unexport PYTHONPATH PYTHONHOME

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev instructor lab demo test check bundle bench lock clean

help: ## affiche cette aide
	@echo "Usage : make CIBLE"
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  \1 \2/p' Makefile | while read -r cible aide; do printf '  %-10s %s\n' "$$cible" "$$aide"; done

setup: ## crée l’environnement du cours dans .venv (fait d’office par les autres cibles)
	@$(PYTHON) scripts/bootstrap.py
	@$(PYTHON) scripts/fetch_texts.py

instructor: setup ## ajoute ce dont « campus report » a besoin : à lancer une fois, par qui forme
	@$(PYTHON) scripts/bootstrap.py --instructor

setup-dev:
	@$(PYTHON) scripts/bootstrap.py --dev
	@$(PYTHON) scripts/install_page_tools.py
	@$(PYTHON) scripts/fetch_texts.py

lab: setup ## ouvre le cours dans JupyterLab ; PORT=8899 change le port, BROWSER=0 n’ouvre pas le navigateur
	@campus lab $(if $(PORT),--port $(PORT)) $(if $(filter 0,$(BROWSER)),--no-browser)

demo: setup ## note une cohorte fictive et compare les points attendus et obtenus
	@campus demo

test: setup-dev ## lance toutes les vérifications et tous les tests
	@$(PYTHON) scripts/install_browser.py
	@$(MAKE) --no-print-directory check
	pytest -n 2 --dist loadscope --no-loadscope-reorder -m "not weekly"

check: setup-dev ## vérifie le style, les types, les modules, les données et les verrous, sans lancer les tests
	ruff check .
	ruff format --check .
	mypy
	lint-imports --no-logo
	npm run --silent types
	npm run --silent lint
	python scripts/bundle.py --check
	python scripts/lock.py --check
	python scripts/export_environment.py --check
	check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	campus check
	campus data check

bundle: setup-dev ## refait les scripts de la page que JupyterLab sert, après un changement des fichiers .js ou .css
	python scripts/bundle.py

bench: setup-dev ## mesure la correction à côté de nbgrader et d’otter (un quart d’heure) : build/bench.json
	python -m tests.bench

lock: setup-dev ## recalcule les verrous de dépendances ; UPGRADE=1 prend les versions récentes
	python scripts/lock.py $(if $(UPGRADE),--upgrade)
	python scripts/export_environment.py

clean: ## efface ce que la construction produit, mais ni votre travail ni le carnet de notes
	rm -rf build/* course/source course/release course/private course/proofs .pytest_cache .ruff_cache .mypy_cache
