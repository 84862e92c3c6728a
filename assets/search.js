/* The search of the top bar: a combobox whose list the server fills while a reader types. Without scripts it is a form. */
(function () {
  "use strict";

  const PAUSE = 120;
  let waiting = 0;
  let asking = null;
  let counted = 0;

  function parts(form) {
    return {
      box: form.closest(".search"),
      input: form.querySelector("[name=q]"),
      panel: form.querySelector(".search-panel"),
      said: form.querySelector(".search-said")
    };
  }

  function options(form) {
    return Array.from(form.querySelectorAll("[role=option]"));
  }

  function active(form) {
    return form.querySelector("[role=option][aria-selected=true]");
  }

  /* An input becomes a combobox when it gets the focus for the first time. */
  function prepare(form) {
    const input = parts(form).input;
    if (input.getAttribute("role") === "combobox") {
      return;
    }
    const panel = parts(form).panel;
    const list = document.createElement("div");
    list.id = "search-list-" + (counted += 1);
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.getAttribute("aria-label"));
    panel.append(document.createElement("p"), list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);
  }

  function activate(form, option) {
    const input = parts(form).input;
    options(form).forEach(function (each) { each.setAttribute("aria-selected", String(each === option)); });
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  function setOpen(form, open) {
    const { input, panel } = parts(form);
    panel.hidden = !open;
    panel.querySelectorAll(".failed").forEach(function (said) { said.remove(); });
    input.setAttribute("aria-expanded", String(open && options(form).length > 0));
    if (!open) {
      activate(form, null);
    }
  }

  /* --- What is found --- */

  /* Parts of a text, of which those that fit what was typed are marked. */
  function pieces(parts) {
    return parts.map(function (part) {
      const made = document.createElement(part[1] ? "mark" : "span");
      made.textContent = part[0];
      return made;
    });
  }

  function option(form, found, at) {
    const made = document.createElement("a");
    const label = document.createElement("span");
    made.id = form.querySelector("[role=listbox]").id + "-" + at;
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    made.tabIndex = -1;
    made.href = found.href;
    if (found.view) {
      made.dataset.view = "";
    }
    label.append(...(found.parts ? pieces(found.parts) : [found.label]));
    made.append(label);
    if (found.note) {
      const note = document.createElement("small");
      note.append(...pieces(found.also), found.also.length ? " · " : "", found.note);
      made.append(" ", note);
    }
    return made;
  }

  function show(form, answer) {
    const { panel, said } = parts(form);
    const found = answer.results.concat(answer.more || []);
    panel.querySelector("p:not(.failed)").textContent = answer.suggested ? answer.said + " " + answer.suggested : "";
    panel.querySelector("[role=listbox]").replaceChildren(...found.map(function (each, at) { return option(form, each, at); }));
    said.textContent = answer.said;
    setOpen(form, true);
  }

  function fail(form) {
    const { input, panel, said } = parts(form);
    panel.querySelector("[role=listbox]").replaceChildren();
    panel.querySelector("p:not(.failed)").textContent = "";
    said.textContent = "";
    setOpen(form, true);
    window.barometerAsking.failed(panel, panel.dataset.failed, function () {
      if (document.activeElement === panel) {
        input.focus();
      }
      ask(form);
    });
  }

  async function ask(form) {
    const query = new URLSearchParams(new FormData(form));
    const release = new URLSearchParams(window.location.search).get("release");
    if (release) {
      query.set("release", release);
    }
    forget();
    asking = new AbortController();
    const own = asking;
    form.setAttribute("aria-busy", "true");
    try {
      const answer = await window.barometerAsking.json(form.getAttribute("action") + ".json?" + query, { signal: own.signal });
      if (own === asking) {
        show(form, answer);
      }
    } catch {
      if (own === asking) {
        fail(form);
      }
    }
    if (own === asking) {
      form.removeAttribute("aria-busy");
    }
  }

  function forget() {
    window.clearTimeout(waiting);
    if (asking) {
      const before = asking;
      asking = null;
      before.abort();
    }
  }

  function typed(form) {
    const { input, said } = parts(form);
    forget();
    form.removeAttribute("aria-busy");
    activate(form, null);
    if (input.value.trim()) {
      waiting = window.setTimeout(ask, PAUSE, form);
    } else {
      said.textContent = "";
      form.querySelector("[role=listbox]").replaceChildren();
      setOpen(form, false);
    }
  }

  function clear(form) {
    parts(form).input.value = "";
    typed(form);
  }

  /* --- On a narrow screen the search opens over the top bar --- */

  function unfold(box) {
    box.classList.add("opened");
    box.querySelector("[name=q]").focus();
  }

  function fold(box, back) {
    const opener = box.querySelector(".search-open");
    const was = box.classList.contains("opened");
    box.classList.remove("opened");
    if (was && back) {
      opener.focus({ preventScroll: true });
    }
  }

  /* --- Keys, clicks, focus --- */

  function move(form, key) {
    const all = options(form);
    const at = all.indexOf(active(form));
    const to = {
      ArrowDown: at + 1 < all.length ? at + 1 : 0,
      ArrowUp: at > 0 ? at - 1 : all.length - 1,
      Home: 0,
      End: all.length - 1
    }[key];
    activate(form, all[to] || null);
  }

  function pressed(event, form) {
    const { box, input, panel } = parts(form);
    const open = !panel.hidden;
    const chosen = open && active(form);
    const arrow = event.key === "ArrowDown" || event.key === "ArrowUp";
    if (arrow && !open && options(form).length) {
      setOpen(form, true);
      if (!event.altKey) {
        move(form, event.key);
      }
    } else if (arrow && !open && input.value.trim()) {
      typed(form);
    } else if (event.key === "ArrowUp" && event.altKey) {
      setOpen(form, false);
    } else if ((arrow && open) || (chosen && (event.key === "Home" || event.key === "End"))) {
      if (!event.altKey) {
        move(form, event.key);
      }
    } else if (event.key === "Enter" && chosen) {
      chosen.click();
    } else if (event.key === "Escape" && (open || input.value)) {
      if (open) {
        forget();
        form.removeAttribute("aria-busy");
        setOpen(form, false);
      } else {
        clear(form);
      }
    } else if (event.key === "Escape" && box.classList.contains("opened")) {
      fold(box, true);
    } else {
      return;
    }
    event.preventDefault();
  }

  document.addEventListener("keydown", function (event) {
    const form = event.target.closest && event.target.closest(".search-form");
    if (form && event.target.name === "q" && !event.isComposing) {
      pressed(event, form);
    } else if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !(event.shiftKey || event.altKey)) {
      const boxes = document.querySelectorAll(".prerendered #prerendered .search, body:not(.prerendered) .search");
      if (boxes.length) {
        event.preventDefault();
        unfold(boxes[0]);
      }
    }
  });

  document.addEventListener("input", function (event) {
    const form = event.target.closest(".search .search-form");
    if (form) {
      prepare(form);
      typed(form);
    }
  });

  document.addEventListener("focusin", function (event) {
    const form = event.target.closest(".search .search-form");
    if (form) {
      prepare(form);
    }
    document.querySelectorAll(".search").forEach(function (box) {
      const own = box.querySelector(".search-form");
      if (!box.contains(event.target) && own) {
        fold(box, false);
        if (own.querySelector("[role=listbox]")) {
          setOpen(own, false);
        }
      }
    });
  });

  document.addEventListener("click", function (event) {
    const box = event.target.closest(".search");
    if (!box) {
      document.querySelectorAll(".search-panel:not([hidden])").forEach(function (panel) { setOpen(panel.closest("form"), false); });
      return;
    }
    const form = box.querySelector(".search-form");
    const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (event.target.closest(".search-open") && plain) {
      event.preventDefault();
      unfold(box);
    } else if (event.target.closest(".search-close")) {
      clear(form);
      fold(box, true);
    } else if (event.target.closest("[role=option][data-view]") && plain) {
      clear(form);
      fold(box, true);
      window.scrollTo(0, 0);
    }
  });

  /* What was typed before the app took over is not lost. */
  let before = "";
  document.addEventListener("input", function (event) {
    if (event.target.closest("#prerendered .search")) {
      before = event.target.value;
    }
  });
  document.addEventListener("focusin", function (event) {
    const input = event.target;
    if (before && input.closest("#react-entry-point .search") && input.name === "q" && !input.value) {
      input.value = before;
      before = "";
      typed(input.form);
    }
  });
})();
