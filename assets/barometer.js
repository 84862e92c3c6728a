/* What only the browser can do: measure its screen, save a picture, copy a link, build a table, open a card. */
(function () {
  "use strict";

  const STEP = 8;
  const DARK = window.matchMedia("(prefers-color-scheme: dark)");
  const COLOUR_SCHEMES = ["light", "dark"];
  let timer = 0;

  /* The width that a chart can take, and whether the page is dark: by its address, else by the system. */
  function screen() {
    const place = document.getElementById("content");
    const scheme = document.documentElement.dataset.colourScheme;
    return place && { width: Math.floor(place.clientWidth / STEP) * STEP, dark: scheme ? scheme === "dark" : DARK.matches };
  }

  function reportSize() {
    const now = screen();
    const told = window.barometerScreen;
    if (told && now && (now.width !== told.width || now.dark !== told.dark)) {
      window.barometerScreen = now;
      window.dash_clientside.set_props("width", { data: now });
    }
  }

  /* Dash asks for its layout at an address without a query; ours is in the language and colour scheme that the page's address names. */
  const LAYOUT = "/_dash-layout";
  const ask = window.fetch;
  window.fetch = function (address, options) {
    return ask.call(window, address === LAYOUT ? LAYOUT + window.location.search : address, options);
  };

  /* The colour scheme follows the address, which changes without a new page. */
  function applyColourScheme() {
    const scheme = new URLSearchParams(window.location.search).get("look");
    if (COLOUR_SCHEMES.includes(scheme)) {
      document.documentElement.dataset.colourScheme = scheme;
    } else {
      delete document.documentElement.dataset.colourScheme;
    }
    queueMicrotask(reportSize);
  }

  window.addEventListener("popstate", applyColourScheme);
  ["pushState", "replaceState"].forEach(function (name) {
    const change = window.history[name];
    window.history[name] = function (...what) {
      change.apply(this, what);
      applyColourScheme();
    };
  });

  DARK.addEventListener("change", reportSize);
  window.addEventListener("resize", function () {
    window.clearTimeout(timer);
    timer = window.setTimeout(reportSize, 200);
  });

  async function copy(text) {
    if (navigator.clipboard && window.isSecureContext) {
      await navigator.clipboard.writeText(text);
      return;
    }
    const field = document.createElement("textarea");
    field.value = text;
    document.body.appendChild(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }

  document.addEventListener("click", async function (event) {
    const figure = event.target.closest("[data-figure]");
    if (figure) {
      open(Number(figure.dataset.figure));
    }
    const picture = event.target.closest("[data-picture]");
    if (picture) {
      const wanted = { theme: picture.dataset.picture, size: picture.dataset.size, at: Date.now() };
      window.dash_clientside.set_props("picture-wanted", { data: wanted });
    }
    if (event.target.closest(".card-close")) {
      window.dash_clientside.set_props("card", { is_open: false });
    }
    const embed = event.target.closest("[data-embed]");
    if (embed) {
      window.dash_clientside.set_props("figure", { data: { embed: embed.dataset.embed, at: Date.now() } });
    }
    const bundle = event.target.closest("[data-bundle]");
    if (bundle) {
      makeArchive(bundle.dataset.bundle);
    }
    if (event.target.closest("#open-picture")) {
      const chooser = document.createElement("input");
      chooser.type = "file";
      chooser.accept = "image/png";
      chooser.addEventListener("change", function () { openPicture(chooser.files[0]); });
      chooser.click();
    }
    const toggle = event.target.closest("button.toggle[aria-expanded]");
    if (toggle) {
      toggle.setAttribute("aria-expanded", String(toggle.getAttribute("aria-expanded") !== "true"));
    }
    const button = event.target.closest(".copy-link, .copy-text");
    if (button) {
      const address = button.dataset.address;
      button.setAttribute("aria-live", "polite");
      await copy(address === undefined ? button.dataset.text : new URL(address, window.location.href).href);
      const before = button.textContent;
      button.textContent = button.dataset.copied;
      window.setTimeout(function () { button.textContent = before; }, 2000);
    }
  });

  function open(position) {
    window.dash_clientside.set_props("figure", { data: { figure: position, at: Date.now() } });
  }

  function element(name, text, attributes) {
    const made = document.createElement(name);
    made.textContent = text || "";
    Object.entries(attributes || {}).forEach(function (pair) { made.setAttribute(pair[0], pair[1]); });
    return made;
  }

  function cell(row, at, text) {
    const numeric = at === 5 || at === 8;
    const made = element("td", "", numeric ? { class: "number" } : {});
    if (at === 5) {
      made.append(row[0] === null
        ? element("em", text)
        : element("button", text, { type: "button", class: "figure-button", "data-figure": row[0] }));
    } else if (Array.isArray(text)) {
      made.append(text[1] ? element("a", text[0], { href: text[1], rel: "noopener noreferrer" }) : text[0] || "");
      made.append(element("small", text[2], { lang: "en" }));
    } else {
      made.textContent = text;
    }
    return made;
  }

  /* The rows of a table come as data: thousands of cells as components would keep the browser busy for seconds. */
  function fill(frame) {
    const data = JSON.parse(frame.dataset.table);
    const table = element("table", "", { class: "table table-sm" });
    const head = element("tr");
    const body = element("tbody");
    let before = "";
    data.columns.forEach(function (name) { head.append(element("th", name, { scope: "col" })); });
    data.rows.forEach(function (row) {
      const line = element("tr");
      line.append(element("th", row[1], { scope: "row", class: row[1] === before ? "again" : "" }));
      before = row[1];
      row.slice(2).forEach(function (text, at) { line.append(cell(row, at + 2, text)); });
      body.append(line);
    });
    const heading = element("thead");
    heading.append(head);
    table.append(element("caption", data.caption), heading, body);
    frame.replaceChildren(table);
    frame.barometerFilled = frame.dataset.table;
  }

  /* A click on a mark opens its card; charts and tables come and go with every change of the filters. */
  new MutationObserver(function () {
    document.querySelectorAll("[data-table]").forEach(function (frame) {
      if (frame.barometerFilled !== frame.dataset.table) {
        fill(frame);
      }
    });
    document.querySelectorAll(".js-plotly-plot").forEach(function (chart) {
      if (chart.on && !chart.barometerListens) {
        chart.barometerListens = true;
        chart.on("plotly_click", function (event) {
          const position = event.points[0].customdata;
          if (position !== undefined && position !== null) {
            open(position);
          }
        });
      }
    });
  }).observe(document.documentElement, { childList: true, subtree: true, attributeFilter: ["data-table"] });

  /* The first response shows the page until the app has drawn its own; who has moved on it already keeps focus and place. */
  const prerendered = document.getElementById("prerendered");

  /* What stands in the app for a part of the prerendered page: the same id, else the same text within the same theme. */
  function counterpart(part, app) {
    const theme = part.closest("section[id]");
    const place = theme && app.querySelector("#" + CSS.escape(theme.id)) || app;
    const alike = Array.from(place.querySelectorAll(part.tagName)).find(function (other) {
      return part.id ? other.id === part.id : other.textContent === part.textContent;
    });
    return alike || (part === theme && place !== app ? place : null);
  }

  /* A pair [part, its counterpart] that a reader who has scrolled has in sight: what has the focus, else a text or a theme. */
  function inSight(app) {
    const parts = window.scrollY ? [
      document.activeElement,
      ...prerendered.querySelectorAll(".theme :is(h2, p, a)"),
      ...prerendered.querySelectorAll(".theme")
    ] : [];
    for (const part of parts) {
      const box = part.getBoundingClientRect();
      const other = prerendered.contains(part) && box.bottom > 0 && box.top < window.innerHeight && counterpart(part, app);
      if (other) {
        return [part, other];
      }
    }
    return null;
  }

  const waiting = new MutationObserver(function () {
    const app = document.getElementById("react-entry-point");
    if (!app.querySelector("#content :is(.main-svg, .table-frame table, .empty)")) {
      return;
    }
    waiting.disconnect();
    const here = document.activeElement;
    const next = prerendered.contains(here) && counterpart(here, app);
    const kept = inSight(app);
    const top = kept && kept[0].getBoundingClientRect().top;
    document.body.classList.remove("prerendered");
    prerendered.remove();
    if (next) {
      next.focus({ preventScroll: true });
    }
    // Charts above are drawn for this window now, and so are of another height; they have it when the frame is done.
    const hold = function () {
      window.scrollBy({ top: kept[1].getBoundingClientRect().top - top, behavior: "instant" });
    };
    if (kept) {
      hold();
      window.requestAnimationFrame(hold);
    }
  });
  if (prerendered) {
    waiting.observe(document.body, { childList: true, subtree: true });
  }

  /* Paper gets the view laid out for it: asked for and awaited, since printing goes on when this returns. */
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("#paper").forEach(function (paper) { paper.remove(); });
    const paper = document.body.appendChild(element("div", "", { id: "paper" }));
    const request = new XMLHttpRequest();
    request.open("GET", "/paper" + window.location.search, false);
    try {
      request.send();
    } catch {
      request.abort();
    }
    if (request.status === 200) {
      paper.innerHTML = request.responseText;
    } else {
      paper.remove();
    }
  });
  window.addEventListener("afterprint", function () {
    document.querySelectorAll("#paper").forEach(function (paper) { paper.remove(); });
  });

  function bytes(base64) {
    return Uint8Array.from(window.atob(base64), function (character) { return character.charCodeAt(0); });
  }

  function save(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    window.setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
  }

  /* The archive comes as a stream: a line of JSON for each file made, one with size and name, then the archive. */
  async function makeArchive(address) {
    const dialog = document.getElementById("bundle-dialog");
    const step = document.getElementById("bundle-step");
    const bar = document.getElementById("bundle-progress");
    const stop = new AbortController();
    const cancel = function () { stop.abort(); dialog.close(); };
    document.getElementById("bundle-cancel").onclick = cancel;
    dialog.oncancel = cancel;
    step.textContent = "";
    bar.value = 0;
    dialog.showModal();
    try {
      const response = await fetch(address, { signal: stop.signal });
      if (!response.ok) {
        throw new Error(dialog.dataset.failed);
      }
      const reader = response.body.getReader();
      const parts = [];
      let held = new Uint8Array(0);
      let file = null;
      for (;;) {
        const read = await reader.read();
        if (read.done) {
          break;
        }
        if (file) {
          parts.push(read.value);
          continue;
        }
        const joined = new Uint8Array(held.length + read.value.length);
        joined.set(held);
        joined.set(read.value, held.length);
        held = joined;
        let end = held.indexOf(10);
        while (end >= 0 && !file) {
          const told = JSON.parse(new TextDecoder().decode(held.slice(0, end)));
          held = held.slice(end + 1);
          if (told.message) {
            throw new Error(told.message);
          } else if (told.size !== undefined) {
            file = told;
            parts.push(held);
          } else {
            bar.max = told.total;
            bar.value = told.done;
            step.textContent = told.name;
          }
          end = held.indexOf(10);
        }
      }
      const archive = new Blob(parts, { type: "application/zip" });
      if (!file || archive.size !== file.size) {
        throw new Error(dialog.dataset.failed);
      }
      save(archive, file.name);
      dialog.close();
    } catch (error) {
      if (!stop.signal.aborted) {
        step.textContent = error.message || dialog.dataset.failed;
      }
    }
  }

  /* A saved picture tells the address of its view; the server reads it and the page parses it like any other. */
  async function openPicture(file) {
    const message = document.getElementById("picture-message");
    message.textContent = "";
    let told = {};
    try {
      const response = await fetch("/picture", { method: "POST", body: file });
      told = await response.json();
    } catch {
      told = { message: message.dataset.failed };
    }
    if (told.search !== undefined) {
      show(told.search);
    } else {
      message.textContent = told.message;
      message.scrollIntoView({ block: "center" });
    }
  }

  /* A view of a picture, in the language and colour scheme of this page where the picture names none; in others the page loads anew. */
  function show(search) {
    const here = new URLSearchParams(window.location.search);
    const wanted = new URLSearchParams(search);
    const other = ["lang", "look"].filter(function (name) {
      if (here.has(name) && !wanted.has(name)) {
        search += (search ? "&" : "?") + name + "=" + encodeURIComponent(here.get(name));
        return false;
      }
      return wanted.get(name) !== here.get(name);
    });
    if (other.length) {
      window.location.assign("/" + search);
    } else {
      window.dash_clientside.set_props("location", { pathname: "/", search: search });
    }
  }

  function hasFile(event) {
    return event.dataTransfer && Array.from(event.dataTransfer.types).includes("Files");
  }

  ["dragover", "dragleave", "drop"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      if (!hasFile(event)) {
        return;
      }
      event.preventDefault();
      document.querySelector(".drop").hidden = kind !== "dragover";
      if (kind === "drop" && event.dataTransfer.files.length) {
        openPicture(event.dataTransfer.files[0]);
      }
    });
  });

  /* The camera of a chart saves the same picture as the button below it. */
  document.addEventListener("click", function (event) {
    const camera = event.target.closest(".modebar-btn");
    const section = camera && camera.closest("section.theme");
    if (section) {
      event.stopPropagation();
      event.preventDefault();
      section.querySelector("[data-picture]").click();
    }
  }, true);

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    barometer: {
      measure: function () {
        window.barometerScreen = screen();
        return window.barometerScreen;
      },
      save: async function (picture) {
        if (!picture) {
          return window.dash_clientside.no_update;
        }
        const size = { format: "png", width: picture.width, height: picture.height, scale: picture.scale };
        const drawn = await window.Plotly.toImage({ data: picture.figure.data, layout: picture.figure.layout }, size);
        const png = bytes(drawn.split(",")[1]);
        const parts = [png.slice(0, picture.head), bytes(picture.notes), png.slice(picture.head)];
        save(new Blob(parts, { type: "image/png" }), picture.name + ".png");
        return picture.name;
      }
    }
  });
})();
