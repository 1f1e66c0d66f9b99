"""Seitenblick's reader: pages, API, command line and library on top of ``glossary`` and ``models``."""

from __future__ import annotations

from flask import Flask

from webapp.services import Services
from webapp.settings import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """Make the Flask application.

    Args:
        settings: what to run with; read from the environment if not given.

    """
    from webapp import api, errors, pages, security, sentence, words

    # These add their addresses to the blueprints of the API and the pages.
    from webapp import dictionaries_api, dictionaries_pages  # noqa: F401  # isort: skip
    from webapp import own_terms_api, own_terms_pages  # noqa: F401  # isort: skip
    from webapp import progress_api  # noqa: F401  # isort: skip
    from webapp import review_api, review_pages  # noqa: F401  # isort: skip
    from webapp import study_api, study_pages  # noqa: F401  # isort: skip

    settings = settings or Settings.from_environment()
    app = Flask(__name__)
    app.config["SETTINGS"] = settings
    app.extensions["services"] = Services(settings)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    security.init_app(app, settings)
    errors.init_app(app)
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(api.blueprint)
    app.register_blueprint(words.blueprint)
    app.register_blueprint(sentence.blueprint)
    return app
