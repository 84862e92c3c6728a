/* The row of filters: what opens from its buttons, what stands in it beside the controls, and the buttons that choose for several. */
(function () {
  "use strict";

  const GAP = 8;
  const OPEN = ".filter[open], .switch.opened";
  let told = "";
  let state = null;
  let centred = "";
  let opened = "";

  function app() {
    return document.getElementById("react-entry-point");
  }

  /* --- Popovers and sheets --- */

  function button(filter) {
    return filter.querySelector("summary, button[aria-expanded]");
  }

  function setOpen(filter, open) {
    if (filter.matches("details")) {
      filter.open = open;
    } else {
      filter.classList.toggle("opened", open);
      button(filter).setAttribute("aria-expanded", String(open));
    }
  }

  function closeAllBut(kept) {
    document.querySelectorAll(OPEN).forEach(function (filter) {
      // On a narrow screen the sheet of all others shows these two.
      const shown = kept && kept.matches(".toggle, .popover-edition:not([open])") && filter.matches(".popover-more");
      if (filter !== kept && !shown) {
        setOpen(filter, false);
      }
    });
  }

  function close(filter) {
    const back = button(filter);
    setOpen(filter, false);
    if (!back.checkVisibility()) {
      setOpen(filter.parentNode.querySelector(".popover-more"), true);
    }
    back.focus({ preventScroll: true });
  }

  /* After a choice the charts are shown from their title on, which may be far above what was read before. */
  function showCharts() {
    const content = document.querySelector("#react-entry-point #content");
    if (content && window.location.search !== opened && content.getBoundingClientRect().top < 0) {
      content.scrollIntoView();
    }
  }

  /* Below its button, but within the window. */
  function place(filter) {
    const panel = filter.querySelector(".panel");
    panel.style.removeProperty("translate");
    panel.style.removeProperty("max-height");
    if (getComputedStyle(panel).position !== "absolute") {
      return;
    }
    const box = panel.getBoundingClientRect();
    const width = document.documentElement.clientWidth;
    const left = Math.max(Math.min(box.left, width - GAP - box.width), GAP);
    panel.style.translate = Math.round(left - box.left) + "px 0";
    panel.style.maxHeight = Math.max(window.innerHeight - box.top - GAP, 240) + "px";
  }

  /* The event "toggle" comes a task later: until then a panel would stand where it has no room. */
  new MutationObserver(function (changes) {
    const filter = changes[changes.length - 1].target;
    if (filter.matches(".filter") && filter.open) {
      closeAllBut(filter);
      place(filter);
      opened = window.location.search;
    }
  }).observe(document, { attributeFilter: ["open"], subtree: true });

  window.addEventListener("resize", function () {
    document.querySelectorAll("details.filter[open]").forEach(place);
  });

  document.addEventListener("click", function (event) {
    const within = event.target.closest(".filter");
    if (event.target.closest(".filters-close[type=button]")) {
      close(within);
      showCharts();
      return;
    }
    const toggle = event.target.closest(".switch > button");
    if (toggle) {
      setOpen(within, toggle.getAttribute("aria-expanded") !== "true");
    }
    // What was clicked may have been taken away by the answer to the click.
    if (event.target.isConnected) {
      closeAllBut(within);
    }
  });

  document.addEventListener("keydown", function (event) {
    const open = document.querySelector(OPEN);
    if (event.key === "Escape" && open && !event.defaultPrevented) {
      close(open);
    }
  });

  /* What has the focus is never behind an open panel, nor out of sight in the row of questions, which stands still under
     a finger: what moves away between down and up is not clicked. */
  document.addEventListener("focusin", function (event) {
    closeAllBut(event.target.closest(".filter"));
    if (event.target.matches(".questions :focus-visible")) {
      event.target.scrollIntoView({ block: "nearest", inline: "center" });
    }
  });

  /* Countries and sectors by their number, then themes too, where the types of chart would otherwise leave the line of the
     filters; names where they do so even then. */
  function fit(row) {
    ["", "some", "little", ""].some(function (room) {
      row.dataset.room = room;
      return row.lastElementChild.offsetTop <= row.firstElementChild.offsetTop;
    });
  }

  function fitRows() {
    document.querySelectorAll(".filter-row").forEach(fit);
  }

  window.addEventListener("resize", fitRows);
  fitRows();

  /* --- All, none, only one --- */

  function choose(name, values) {
    window.dash_clientside.set_props(name, { value: values });
  }

  document.addEventListener("click", function (event) {
    const several = event.target.closest("button[data-choose]");
    const one = event.target.closest("button.only");
    if (several) {
      const [name, what] = several.dataset.choose.split(":");
      const boxes = what === "all" ? several.closest("fieldset").querySelectorAll("#" + CSS.escape(name) + " input") : [];
      choose(name, Array.from(boxes, function (box) { return box.value; }));
    } else if (one) {
      choose(one.closest("[data-only]").dataset.only, [one.dataset.value]);
    }
  });

  function addOnly(row, label) {
    if (!row.querySelector(".only")) {
      const made = document.createElement("button");
      const whose = document.createElement("span");
      made.type = "button";
      made.className = "only";
      made.dataset.value = row.querySelector("input").value;
      whose.className = "visually-hidden";
      whose.textContent = " " + label.firstChild.textContent;
      made.append(state.only, whose);
      row.append(made);
    }
  }

  /* --- What the server tells of the row --- */

  function writeCount(label, figures) {
    const text = figures === null ? state.zero : figures;
    let count = label.querySelector(".count");
    if (!count) {
      count = label.appendChild(document.createElement("span"));
      count.className = "count";
    }
    if (count.textContent !== text) {
      count.textContent = text;
    }
    label.classList.toggle("without", figures === null);
  }

  /* Choices come and go with the view; each gets its number again. */
  function writeChoices(row) {
    row.querySelectorAll(".form-check").forEach(function (choice) {
      const input = choice.querySelector("input");
      const label = choice.querySelector("label");
      const list = choice.parentNode.id || choice.parentNode.parentNode.id;
      const counts = state.counts[list];
      if (counts && input.value in counts) {
        writeCount(label, counts[input.value]);
      }
      if (choice.closest("[data-only]")) {
        addOnly(choice, label);
      }
    });
  }

  function writeHtml(part, html) {
    const focused = part.contains(document.activeElement);
    part.innerHTML = html;
    const next = focused && (part.querySelector("a") || document.querySelector(".filter-row summary"));
    if (next) {
      next.focus({ preventScroll: true });
    }
  }

  function writeTold(page) {
    Object.keys(state.states).forEach(function (name) {
      page.querySelector("#" + CSS.escape(name)).textContent = state.states[name];
    });
    writeHtml(page.querySelector("#chips"), state.chips);
    writeHtml(page.querySelector("#display"), state.display);
    const links = Array.from(page.querySelectorAll(".questions a"));
    const found = function (search) {
      const whole = search !== null && new URL("/" + search, window.location.href).search;
      return links.find(function (link) { return link.search === whole; });
    };
    const here = found(state.here);
    const marked = here || found(state.about);
    links.forEach(function (link) {
      if (link === marked) {
        link.setAttribute("aria-current", here ? "page" : "true");
        centre(link);
      } else {
        link.removeAttribute("aria-current");
      }
    });
    centred = marked ? marked.search : "";
  }

  function centre(link) {
    if (link.search !== centred) {
      const row = link.closest(".questions");
      row.scrollLeft = link.offsetLeft - (row.clientWidth - link.offsetWidth) / 2;
    }
  }

  function write() {
    const page = app();
    const holder = page && page.querySelector("#filter-state");
    if (!holder || !holder.dataset.told) {
      return;
    }
    if (holder.dataset.told !== told) {
      told = holder.dataset.told;
      state = JSON.parse(told);
      writeTold(page);
      requestAnimationFrame(fitRows);
    }
    writeChoices(page.querySelector("#filters"));
  }

  /* What changes among the charts does not concern the row. */
  function concerns(change) {
    return change.type === "attributes" ? change.attributeName === "data-told" : !change.target.closest("#content, .card");
  }

  window.barometerAltered(function (changes) {
    if (!changes || changes.some(concerns)) {
      write();
    }
  });
})();
