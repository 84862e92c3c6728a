/* What the app begins with: its components and callbacks stand in the page, and the first view, for the width of this window, is
   asked for in the words of the app while that is still on its way. */
(function () {
  "use strict";

  const CONTENT = "content.children";
  const START = ["dash-layout", "dash-dependencies"];
  const HEADERS = { Accept: "application/json", "Content-Type": "application/json" };

  function read(name) {
    return document.getElementById(name).textContent;
  }

  /* The properties of a component of the layout; none where it has no such component. */
  function propertiesOf(id, part) {
    const properties = part?.props || {};
    const found = properties.id === id ? [properties] : [].concat(properties.children ?? []).map((child) => propertiesOf(id, child));
    return found.find(Boolean);
  }

  /* The first request of the app, as it will word it. */
  function worded() {
    const [layout, callbacks] = START.map((name) => JSON.parse(read(name)));
    const callback = callbacks.find((each) => each.output.includes(CONTENT));
    const known = {
      "location.search": window.location.search,
      "location.href": window.location.href,
      "width.data": window.dash_clientside.barometer.measure()
    };
    const given = ({ id, property }) => ({ id, property, value: known[id + "." + property] ?? propertiesOf(id, layout)?.[property] });
    const changed = ["location.search", "width.data"];
    const outputs = callback.output.replace(/^\.\.|\.\.$/g, "").split("...").map(function (output) {
      const [, id, property] = /^(.+)\.([^.]+)$/.exec(output);
      return { id, property };
    });
    return {
      output: callback.output,
      outputs,
      inputs: callback.inputs.map(given),
      changedPropIds: changed,
      parsedChangedPropsIds: changed,
      state: callback.state.map(given)
    };
  }

  function said(request) {
    return JSON.stringify([request.output, request.inputs, request.state]);
  }

  const request = worded();
  /* A frame without an origin gets no answer of the server: see assets/embed.js. */
  let answer = window.origin === "null" ? null : window.barometerAsking.fetched(document.body.dataset.root + "_dash-update-component", { method: "POST", headers: HEADERS, body: JSON.stringify(request) });
  answer?.catch(function () {});  // The app asks again.

  /* The answer to the first request, once, where it is the one that was expected. */
  function answerTo(asked) {
    const first = answer;
    answer = null;
    return first && said(asked) === said(request) ? first : null;
  }

  /* What the app asks for at an address where the page has it already. */
  function inPage(path) {
    const name = path.slice(path.lastIndexOf("/") + 2);
    return START.includes(name) ? new Response(read(name), { headers: { "Content-Type": "application/json" } }) : null;
  }

  window.barometerFirst = { answerTo, inPage };
})();
