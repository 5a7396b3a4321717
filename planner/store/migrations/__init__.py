"""Alembic steps. Each stands alone: it imports nothing of Rapport, so that it means tomorrow what it meant today."""
