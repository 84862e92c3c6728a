/* Files: saves the picture of a chart and the archive of a view with its progress, and opens the view of a saved picture. */
(function () {
  "use strict";

  const PATIENCE = 20000;

  /* What the server itself says of a fault. */
  class Said extends Error {}

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

  /* Reads the stream of an archive: a line of JSON for each file made, one with size and name, then the archive. */
  async function read(response, told) {
    const reader = response.body.getReader();
    const parts = [];
    let unread = new Uint8Array(0);
    let file = null;
    for (;;) {
      const read = await inTime(reader);
      if (read.done) {
        break;
      }
      if (file) {
        parts.push(read.value);
        continue;
      }
      const joined = new Uint8Array(unread.length + read.value.length);
      joined.set(unread);
      joined.set(read.value, unread.length);
      unread = joined;
      let end = unread.indexOf(10);
      while (end >= 0 && !file) {
        const line = JSON.parse(new TextDecoder().decode(unread.slice(0, end)));
        unread = unread.slice(end + 1);
        if (line.message) {
          throw new Said(line.message);
        } else if (line.size !== undefined) {
          file = line;
          parts.push(unread);
        } else {
          told(line);
        }
        end = unread.indexOf(10);
      }
    }
    const archive = new Blob(parts, { type: "application/zip" });
    if (!file || archive.size !== file.size) {
      throw new Error(String(archive.size));
    }
    return [archive, file.name];
  }

  /* The next piece of a stream; where none comes for long, none will. */
  function inTime(reader) {
    return Promise.race([reader.read(), new Promise(function (_, reject) { window.setTimeout(reject, PATIENCE); })]);
  }

  async function makeArchive(address) {
    const dialog = document.getElementById("bundle-dialog");
    const step = document.getElementById("bundle-step");
    const bar = document.getElementById("bundle-progress");
    const stop = new AbortController();
    const cancel = function () { stop.abort(); dialog.close(); };
    const told = function (line) {
      bar.max = line.total;
      bar.value = line.done;
      step.textContent = line.name;
    };
    document.getElementById("bundle-cancel").onclick = cancel;
    dialog.oncancel = cancel;
    step.textContent = "";
    bar.hidden = false;
    bar.removeAttribute("value");
    if (!dialog.open) {
      dialog.showModal();
    }
    try {
      const { response } = await window.barometerAsking.fetched(address, { signal: stop.signal }, function () {});
      if ([429, 503].includes(response.status) && /^text\/plain/.test(response.headers.get("Content-Type"))) {
        throw new Said(await response.text());
      }
      if (!response.ok || response.redirected) {
        throw new Error(String(response.status));
      }
      const [archive, name] = await read(response, told);
      save(archive, name);
      dialog.close();
    } catch (error) {
      if (!stop.signal.aborted) {
        stop.abort();
        bar.hidden = true;
        window.barometerAsking.failed(step, error instanceof Said ? error.message : dialog.dataset.failed, function () { makeArchive(address); });
      }
    }
  }

  /* Until the app stands, and with a key held, what has an address is a plain link. */
  document.addEventListener("click", function (event) {
    if (document.body.classList.contains("prerendered") || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) {
      return;
    }
    const picture = event.target.closest("[data-picture]");
    if (picture) {
      event.preventDefault();
      const wanted = { theme: picture.dataset.picture, size: picture.dataset.size, at: Date.now() };
      window.dash_clientside.set_props("picture-wanted", { data: wanted });
    }
    const bundle = event.target.closest("[data-bundle]");
    if (bundle) {
      event.preventDefault();
      makeArchive(bundle.dataset.bundle);
    }
  });

  /* A saved picture tells the address of its view; the server reads it and the page parses it like any other. */
  async function openPicture(file) {
    const message = document.getElementById("picture-message");
    const over = window.barometerWaiting(false);
    message.textContent = "";
    try {
      const { body } = await window.barometerAsking.fetched(document.body.dataset.root + "picture", { method: "POST", body: file });
      const answer = JSON.parse(body);
      if (answer.search !== undefined) {
        show(answer.search);
      } else {
        message.textContent = answer.message;
      }
    } catch {
      window.barometerAsking.failed(message, message.dataset.failed, function () { openPicture(file); });
    }
    over();
    if (message.textContent) {
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
      window.location.assign(document.body.dataset.root + search);
    } else {
      window.dash_clientside.set_props("location", { pathname: document.body.dataset.root, search: search });
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

  document.addEventListener("click", function (event) {
    if (event.target.closest("#open-picture")) {
      const chooser = document.createElement("input");
      chooser.type = "file";
      chooser.accept = "image/png";
      chooser.addEventListener("change", function () { openPicture(chooser.files[0]); });
      chooser.click();
    }
  });

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    barometer: Object.assign({}, (window.dash_clientside || {}).barometer, {
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
    })
  });
})();
