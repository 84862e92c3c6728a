"""Ready views for a newcomer: each is just an address."""

READY_VIEWS = {
    "who": "concept=innovative_workplaces~works_with_innovation&view=dots&by=indicator",
    "drivers": "theme=drivers&country=DK~SE",
    "companies": "concept=collab_companies~role_companies&by=indicator",
    "effects": "theme=effects",
    "broad": "theme=effects~conditions~activities&country=SE&split=group&view=dots",
    "denmark": "theme=collaboration~innovation&country=DK&sector=all&view=change",
}
"""Name -> query string, written in canonical form."""
