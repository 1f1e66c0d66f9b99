"""How the embedded German-English model is made: `python -m models.training SUBCOMMAND` (docs/training.md).

Never imported by the reader: torch and eflomal come with the `training` extra only.
"""
