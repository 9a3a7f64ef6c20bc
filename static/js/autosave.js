// Saves a draft at each field. Without a connection what was typed is kept in this tab, and sent when it is back.
const form = document.querySelector("form[data-autosave]");
const status = document.getElementById("saved");
const PAUSE_MS = 1200;
const RETRY_MS = 10000;

function autosave() {
  const key = `offer:${form.dataset.autosave}`;
  let timer = null;
  let isSending = false;
  let isChanged = false;
  let isOver = false;

  const say = (text, isUnsaved, link) => {
    status.textContent = text;
    status.dataset.state = isUnsaved ? "unsaved" : isChanged || isSending ? "saving" : "saved";
    status.classList.toggle("unsaved", Boolean(isUnsaved));
    if (!link) return;
    const anchor = Object.assign(document.createElement("a"), { href: link, textContent: status.dataset.compare });
    status.append(" ", anchor);
  };
  const typed = () => {
    const body = new FormData(form);
    for (const button of ["add", "remove", "convert", "copy", "stay"]) body.delete(button);
    return body;
  };
  // Only of this tab, and gone with it; never while the server has it already.
  const keep = () => {
    const pairs = [...typed().entries()].filter(([name]) => name !== "csrfmiddlewaretoken");
    try {
      sessionStorage.setItem(key, JSON.stringify(pairs));
    } catch {
      // A full or forbidden store: the page itself still holds everything.
    }
  };
  const forget = () => sessionStorage.removeItem(key);

  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  };
  async function save() {
    if (isSending || !isChanged || isOver) return;
    isSending = true;
    isChanged = false;
    const body = typed();
    body.append("autosave", "yes");
    say(status.dataset.saving);
    try {
      const answer = await fetch(form.action, { method: "POST", body, redirect: "manual", headers: { Accept: "application/json" } });
      await hear(answer);
    } catch {
      lost(status.dataset.offline);
    }
    isSending = false;
    if (!isChanged && status.dataset.state === "saving") status.dataset.state = "saved";
    if (isChanged && !isOver) later(RETRY_MS / 10);
  }
  async function hear(answer) {
    if (answer.type === "opaqueredirect" || answer.status === 403 || answer.status === 404) return lost(status.dataset.signedOut);
    if (answer.status === 409) {
      const { problem, compare } = await answer.json();
      isOver = Boolean(compare);
      if (compare) forget();
      return say(problem, true, compare);
    }
    if (!answer.ok) return lost(status.dataset.offline);
    const { version, saved_at: at, wrong } = await answer.json();
    for (const one of document.querySelectorAll('input[name="version"]')) one.value = version;
    // A date or a search half typed is no mistake yet.
    const isMidway = document.activeElement?.closest(".dates, .combo");
    if (!wrong.length || isMidway) {
      if (!isChanged && !isMidway) forget();
      return say(`${status.dataset.saved} ${at}`);
    }
    keep();
    say(`${status.dataset.partly} ${wrong.join(" ")}`, true);
  }
  function lost(text) {
    isChanged = true;
    keep();
    say(text, true);
    later(RETRY_MS);
  }
  // What a tab kept, when it is opened again before it could be sent.
  function restore() {
    const kept = sessionStorage.getItem(key);
    if (!kept || document.querySelector("[data-focus]")) return;
    const values = new Map();
    for (const [name, value] of JSON.parse(kept)) values.set(name, [...(values.get(name) ?? []), value]);
    for (const control of form.elements) {
      const given = values.get(control.name);
      if (control.type === "checkbox" || control.type === "radio") {
        if (values.size) control.checked = Boolean(given?.includes(control.value));
      } else if (given && control.type !== "submit" && control.name !== "csrfmiddlewaretoken") control.value = given.shift() ?? control.value;
    }
    isChanged = true;
    later(0);
  }

  const changed = (pause) => {
    isChanged = true;
    status.dataset.state = "changed";
    later(pause);
  };
  form.addEventListener("input", () => changed(PAUSE_MS));
  form.addEventListener("change", () => changed(0));
  form.addEventListener("submit", () => {
    isOver = true;
    clearTimeout(timer);
    forget();
  });
  window.addEventListener("pageshow", () => (isOver = false));
  window.addEventListener("online", () => later(0));
  window.addEventListener("beforeunload", (event) => {
    if (isChanged && !isOver) event.preventDefault();
  });
  restore();
}

// A place of work is added and removed at once.
function rows(place) {
  const renumber = (row, number) => {
    for (const element of row.querySelectorAll("[id], [name], [for], [aria-describedby]")) {
      for (const name of ["id", "name", "for", "aria-describedby"]) {
        const value = element.getAttribute(name);
        if (value) element.setAttribute(name, value.replace(/site-\d+/g, `site-${number}`));
      }
    }
    const remove = row.querySelector('button[name="remove"]');
    remove.value = number;
  };
  const number = () => Math.max(-1, ...[...place.querySelectorAll('button[name="remove"]')].map((one) => Number(one.value))) + 1;
  const title = () => place.querySelectorAll("[data-row]").forEach((row, index) => {
    const legend = row.querySelector("legend");
    legend.textContent = legend.textContent.replace(/\d+/, String(index + 1));
  });
  const tell = () => form.dispatchEvent(new Event("change", { bubbles: true }));
  form.addEventListener("click", (event) => {
    const button = event.target.closest('button[name="add"], button[name="remove"]');
    if (!button) return;
    const all = place.querySelectorAll("[data-row]");
    if (button.name === "remove") {
      if (all.length < 2) return;
      event.preventDefault();
      button.closest("[data-row]").remove();
    } else {
      event.preventDefault();
      const row = all[all.length - 1].cloneNode(true);
      row.querySelectorAll(".error, .warned").forEach((one) => one.remove());
      row.querySelectorAll(".has-error").forEach((one) => one.classList.remove("has-error"));
      row.querySelectorAll("[aria-invalid]").forEach((one) => one.removeAttribute("aria-invalid"));
      for (const control of row.querySelectorAll("input, select")) control.value = "";
      renumber(row, number());
      place.append(row);
      row.querySelector("input").focus();
    }
    title();
    tell();
  });
}

if (form && status) autosave();
const place = document.querySelector("[data-rows]");
if (place) rows(place);
