/* What Dash asks of the server, so that the page agrees with itself whatever comes back: the latest request counts, and one that
   fails is answered here with the view that is shown. Controls and address go back to it, and "Try again" asks for the other. */
(function () {
  "use strict";

  const UPDATE = document.body.dataset.root + "_dash-update-component";
  const CONTENT = "content.children";
  const SEARCH = "location.search";
  const WIDTH = "width.data";
  const CHOSEN = "chosen";
  const LONGEST = 60;
  const asking = window.barometerAsking;
  const build = document.body.dataset.build;
  const awaited = new Map();
  let shown = null;
  let came = "";
  let left = "";
  let leaving = null;

  class Older extends Error {}

  window.addEventListener("popstate", function (event) {
    came = window.location.href;
    left = "";
    if (leaving) {
      event.stopImmediatePropagation();
      leaving();
      leaving = null;
    }
  });

  /* The address that a link has left for a new entry of the history. */
  const push = window.history.pushState;
  window.history.pushState = function (...what) {
    left = window.location.href;
    push.apply(this, what);
  };

  function key(property) {
    return property.id + "." + property.property;
  }

  function same(one, other) {
    return JSON.stringify(one) === JSON.stringify(other);
  }

  function nothing() {
    return new Response(null, { status: 204 });
  }

  function answered(text) {
    return new Response(text, { headers: { "Content-Type": "application/json" } });
  }

  /* The text of an answer that is one of this page's own; blank where it changes nothing. */
  function checked(response, body, isView) {
    const theirs = response.headers.get("X-Build");
    if (theirs ? theirs !== build : response.status === 400 || response.status === 404) {
      throw new Older();
    }
    if (response.status === 204 && theirs) {
      return "";
    }
    const answer = response.status === 200 && !response.redirected && JSON.parse(body);
    const told = answer && answer.multi && Object(answer.response);
    if (!told || !Object.keys(told).length || (isView && !told.content)) {
      throw new Error(String(response.status));
    }
    return body;
  }

  /* An answer with a view, which tells the parts that stand what is new of them, where the app has the same. */
  function inParts(text) {
    const told = JSON.parse(text);
    const { content, ...rest } = told.response;
    const standing = window.dash_component_api.getLayout("content");
    const news = standing && window.barometerParts.news(standing.props.children, content.children);
    return news ? JSON.stringify({ ...told, response: { ...rest, ...news } }) : text;
  }

  /* What the page shows once a view has come: "id.property" -> value. */
  function noted(request, text) {
    const told = text ? JSON.parse(text).response : {};
    return new Map(request.inputs.map(function (input) {
      const news = told[input.id] || {};
      return [key(input), input.property in news ? news[input.property] : input.value];
    }));
  }

  /* The inputs that ask for another view than is shown. */
  function differing(request) {
    return request.inputs.filter(function (input) {
      return key(input) !== WIDTH && !same(input.value, shown.get(key(input)));
    });
  }

  /* What is chosen of a control, in the order in which it stands there. */
  function chosen(input) {
    const boxes = Array.from(document.querySelectorAll("#" + CSS.escape(input.id) + " input"), function (box) { return box.value; });
    return [].concat(input.value).sort(function (one, other) { return boxes.indexOf(one) - boxes.indexOf(other); });
  }

  /* Whether a control asks, and no address. */
  function isChoice(request) {
    const names = parameters();
    return !request.changedPropIds.includes(SEARCH) && differing(request).some(function (input) { return input.id in names; });
  }

  function parameters() {
    return JSON.parse(document.getElementById("script-words").dataset.parameters);
  }

  /* The address of a view that was asked for, as the form of the first response would word it. */
  function addressOf(request) {
    const names = parameters();
    const search = request.inputs.find(function (input) { return key(input) === SEARCH; }).value;
    const query = new Map(new URLSearchParams(search));
    differing(request).filter(function (input) { return input.id in names; }).forEach(function (changed) {
      const values = request.inputs.filter(function (input) { return names[input.id] === names[changed.id]; })
        .flatMap(chosen)
        .filter(function (value) { return value && value !== CHOSEN; });
      query.set(names[changed.id], values.join("~") || "none");
    });
    return window.location.pathname + "?" + Array.from(query, function (pair) { return pair.map(encodeURIComponent).join("="); }).join("&");
  }

  /* Leaves the entry that a link has made; the app, which listens later, asks nothing of the one before. */
  async function leave(href) {
    await new Promise(function (resolve) {
      leaving = resolve;
      window.history.back();
    });
    window.history.replaceState(window.history.state, "", href);
  }

  /* The answer that sets controls and address back. What Back or Forward has left stays behind it, so that its way is not lost. */
  async function back(changed) {
    const response = {};
    changed.forEach(function (input) {
      response[input.id] = { ...response[input.id], [input.property]: shown.get(key(input)) };
    });
    if (response.location) {
      const href = new URL(window.location.pathname + shown.get(SEARCH), window.location.href).href;
      response.location.href = href;
      if (left === href) {
        await leave(href);
      } else if (window.location.href !== came) {
        window.history.replaceState(window.history.state, "", href);
      }
    }
    return answered(JSON.stringify({ multi: true, response }));
  }

  function set(inputs) {
    inputs.forEach(function (input) { window.dash_clientside.set_props(input.id, { [input.property]: input.value }); });
  }

  /* Asks for a view once more: by its address where that has changed, which says it all. */
  function repeat(request, changed) {
    const moved = changed.filter(function (input) { return key(input) === SEARCH; });
    const width = request.inputs.filter(function (input) { return key(input) === WIDTH; });
    set([moved, changed, width].find(function (each) { return each.length; }));
  }

  function failedView(request, error) {
    const changed = differing(request);
    if (error instanceof Older) {
      asking.outdated(request.output, addressOf(request));
    } else {
      asking.miss(request.output, function () { repeat(request, changed); });
    }
    return back(changed);
  }

  function failedRest(request, error) {
    if (error instanceof Older) {
      asking.outdated(request.output, window.location.pathname + window.location.search);
    } else {
      const changed = request.inputs.filter(function (input) { return request.changedPropIds.includes(key(input)); });
      asking.miss(request.output, function () { set(changed); });
    }
    return nothing();
  }

  function pause(turn) {
    return new Promise(function (resolve) {
      window.setTimeout(resolve, 1000 * Math.min(2 ** turn, LONGEST));
      window.addEventListener("online", resolve, { once: true });
    });
  }

  /* A request that none newer has overtaken: what it asks for beside an older one of which nothing came yet is asked too. */
  async function answer(address, options) {
    const request = JSON.parse(options.body);
    const isView = request.output.includes(CONTENT);
    const before = awaited.get(request.output);
    const own = { stop: new AbortController(), changed: request.changedPropIds };
    if (before) {
      before.stop.abort();
      if (shown && before.changed.includes(SEARCH) && isChoice(request)) {
        // It is made for the view whose address is there but whose answer is not.
        awaited.delete(request.output);
        window.dash_clientside.set_props("location", { search: addressOf(request).slice(window.location.pathname.length) });
        return nothing();
      }
      own.changed = own.changed.includes(SEARCH) ? own.changed : Array.from(new Set([...before.changed, ...own.changed]));
      request.changedPropIds = own.changed;
    }
    awaited.set(request.output, own);
    asking.forget(request.output);
    const over = window.barometerWaiting(isView);
    try {
      for (let turn = 1; ; turn += 1) {
        try {
          const asked = { ...options, body: JSON.stringify(request), signal: own.stop.signal };
          const { response, body } = await (window.barometerFirst.answerTo(request) || asking.fetched(address, asked));
          const text = checked(response, body, isView);
          if (awaited.get(request.output) !== own) {
            return nothing();
          }
          shown = isView ? noted(request, text) : shown;
          return text ? answered(isView ? inParts(text) : text) : nothing();
        } catch (error) {
          if (awaited.get(request.output) !== own) {
            return nothing();
          }
          // Until a view has come, the first response stands, which needs no answer.
          if (shown || !isView) {
            const instead = await (isView ? failedView(request, error) : failedRest(request, error));
            return awaited.get(request.output) === own ? instead : nothing();
          }
          await pause(turn);
        }
      }
    } finally {
      if (awaited.get(request.output) === own) {
        awaited.delete(request.output);
      }
      over();
    }
  }

  const plainFetch = window.fetch;
  window.fetch = function (address, options) {
    const path = new URL(address.url || address, window.location.href).pathname;
    if (path === UPDATE) {
      return answer(address, options);
    }
    const here = window.barometerFirst.inPage(path);
    return here ? Promise.resolve(here) : plainFetch.call(window, address, options);
  };
})();
