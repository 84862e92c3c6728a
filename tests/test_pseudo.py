"""The reader of translated texts stumbles over English, and over nothing else."""

from __future__ import annotations

from tests.support import pseudo, views
from tests.support.reading import of_page


def test_the_reader_stumbles_over_english_and_over_nothing_else(reader: pseudo.Reader) -> None:
    title = next(iter(views.index().dataset.sources.values())).title
    reader.understands(
        [
            pseudo.pseudo("About {value}, 95% interval").format(value=79),
            f"{title} (2018)",
            "https://a.example/method",
            "12. november 2018",
        ]
    )
    assert len(reader.leaks([f"{title} with more", "in", pseudo.pseudo("x") + " and y"])) == 2 + 1
    page = '<html lang="da"><p title="one"><i lang="en">two</i> <b>three<br>four</b></p><script>five</script></html>'
    assert of_page(page) == (["one", "three", "four"], [])
