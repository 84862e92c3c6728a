/* Builds the rows of a table, which come as data: thousands of cells as components would keep the browser busy for seconds. */
(function () {
  "use strict";

  function element(name, text, attributes) {
    const made = document.createElement(name);
    made.textContent = text || "";
    Object.entries(attributes || {}).forEach(function (pair) {
      if (pair[1]) {
        made.setAttribute(pair[0], pair[1]);
      }
    });
    return made;
  }

  /* A text, a figure with its position (null for a blank), or a source with its address and the locator in it. */
  function cell(content, name) {
    const made = element("td", "", { class: name });
    if (typeof content === "string") {
      made.textContent = content;
    } else if (content.figure === null) {
      made.append(element("em", content.text));
    } else if (content.figure !== undefined) {
      made.append(element("button", content.text, { type: "button", class: "figure-button", "data-figure": String(content.figure) }));
    } else {
      made.append(content.href ? element("a", content.text, { href: content.href, rel: "noopener noreferrer" }) : content.text);
      made.append(element("small", content.locator, { lang: "en" }));
    }
    return made;
  }

  function fill(frame) {
    const data = JSON.parse(frame.dataset.table);
    const table = element("table", "", { class: "table table-sm" });
    const head = element("tr");
    const body = element("tbody");
    let before = "";
    data.columns.forEach(function (column) {
      head.append(element("th", column.heading, { scope: "col", class: column.class }));
    });
    data.rows.forEach(function (row) {
      const line = element("tr");
      line.append(element("th", row[0], { scope: "row", class: row[0] === before ? "again" : "" }));
      before = row[0];
      row.slice(1).forEach(function (content, at) { line.append(cell(content, data.columns[at + 1].class)); });
      body.append(line);
    });
    const heading = element("thead");
    heading.append(head);
    table.append(element("caption", data.caption), heading, body);
    frame.replaceChildren(table);
    frame.barometerFilled = frame.dataset.table;
  }

  new MutationObserver(function () {
    document.querySelectorAll("[data-table]").forEach(function (frame) {
      if (frame.barometerFilled !== frame.dataset.table) {
        fill(frame);
      }
    });
  }).observe(document.documentElement, { childList: true, subtree: true, attributeFilter: ["data-table"] });
})();
