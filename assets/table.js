/* Makes the tables of figures answer: a heading sorts by its column, and where a table is narrow the list above it; a figure opens its
   card. The table itself is finished HTML. */
(function () {
  "use strict";

  const ORDERS = ["descending", "ascending"];

  /* What a row is sorted by in a column: [number or null, text]. */
  function keyOf(row, at) {
    const cell = row.cells[at];
    const number = cell.dataset.key;
    return [number === undefined ? null : Number(number), cell.classList.contains("absent") ? "" : cell.textContent];
  }

  /* Rows without what is sorted by stand last in both orders; equal ones keep the order in which they came. */
  function sorted(rows, at, order, numbers) {
    const collator = new Intl.Collator(document.documentElement.lang || undefined, { numeric: true });
    const turn = order === "ascending" ? 1 : -1;
    return rows
      .map(function (row) { return [row, ...keyOf(row, at)]; })
      .sort(function (one, other) {
        const empty = numbers ? [one[1] === null, other[1] === null] : [!one[2], !other[2]];
        if (empty[0] || empty[1]) {
          return empty[0] - empty[1];
        }
        return turn * (numbers ? one[1] - other[1] : collator.compare(one[2], other[2]));
      })
      .map(function (each) { return each[0]; });
  }

  /* The name of an indicator, and what its figures are percentages of, are seen on the first of its rows that follow each other. */
  function nameOnce(rows) {
    rows.forEach(function (row, at) {
      let again = at > 0;
      [row.cells[0], row.querySelector(".of")].filter(Boolean).forEach(function (cell) {
        again = again && rows[at - 1].cells[cell.cellIndex].textContent === cell.textContent;
        cell.classList.toggle("again", again);
      });
    });
  }

  function answering(table) {
    const body = table.tBodies[0];
    const published = Array.from(body.rows);
    const headings = Array.from(table.tHead.rows[0].cells);
    const chosen = table.parentNode.querySelector(":scope > .order > select");
    table.classList.add("answers");

    /* Orders the rows by a column, as published for no order; a heading says how they stand. */
    function sort(at, order) {
      headings.forEach(function (other) { other.removeAttribute("aria-sort"); });
      if (order) {
        headings[at].setAttribute("aria-sort", order);
      }
      const numbers = published.some(function (row) { return row.cells[at].dataset.key !== undefined; });
      const rows = order ? sorted(published, at, order, numbers) : published;
      nameOnce(rows);
      body.append(...rows);
    }

    chosen?.addEventListener("change", function () {
      const [at, order] = chosen.value.split(" ");
      sort(Number(at), order);
    });
    headings.forEach(function (heading, at) {
      if (heading.classList.contains("notes")) {
        return;
      }
      const numbers = published.some(function (row) { return row.cells[at].dataset.key !== undefined; });
      const orders = numbers ? ORDERS : ORDERS.slice().reverse();
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.first = orders[0];
      button.append(...heading.childNodes);
      heading.append(button);
      /* First the order that is most asked for, then its reverse, then as published. */
      button.addEventListener("click", function () {
        sort(at, orders[orders.indexOf(heading.getAttribute("aria-sort")) + 1]);
        if (chosen) {
          const order = heading.getAttribute("aria-sort");
          chosen.value = order ? `${at} ${order}` : "";
        }
      });
    });
    body.querySelectorAll("[data-opens]").forEach(function (figure) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "figure-button";
      button.dataset.figure = figure.dataset.opens;
      button.append(...figure.childNodes);
      figure.replaceWith(button);
    });
  }

  window.barometerAltered(function () {
    document.querySelectorAll("#react-entry-point .figures > table:not(.answers)").forEach(answering);
  });
})();
