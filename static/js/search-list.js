// Turns a long list into a search box (the WAI-ARIA combobox with a list box); the list stays the form's control.
const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[’']/g, " ").toLowerCase();
const stem = (word) => (word.length > 3 ? word.replace(/s$/, "") : word);
const MOST_SHOWN = 30;

// How well an option answers what was typed: best where it begins so, then where words do, then inside words; 0 if not.
function score(text, also, words) {
  if (!words.every((word) => text.includes(word) || also.includes(word))) return 0;
  const atWords = words.every((word) => ` ${text}`.includes(` ${word}`));
  if (atWords) return text.startsWith(words[0]) ? 4 : 3;
  return words.every((word) => text.includes(word)) ? 2 : 1;
}

function searchable(select) {
  const options = [...select.options].filter((option) => option.value);
  const texts = options.map((option) => plain(option.text).replace(/[/(]/g, " "));
  const also = options.map((option) => plain(option.dataset.also ?? "").replace(/[/(]/g, " "));
  const make = (tag, attributes) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) if (value) element.setAttribute(name, value);
    return element;
  };
  const wrap = make("div", { class: "combo" });
  const input = make("input", {
    type: "text", id: select.id, name: `${select.name}-typed`, autocomplete: "off", spellcheck: "false",
    placeholder: select.dataset.search, maxlength: "100", role: "combobox", "aria-expanded": "false",
    "aria-controls": `${select.id}-list`, "aria-autocomplete": "list",
    "aria-describedby": select.getAttribute("aria-describedby"), "aria-invalid": select.getAttribute("aria-invalid"),
  });
  const label = document.querySelector(`label[for="${select.id}"]`);
  const list = make("ul", { id: `${select.id}-list`, role: "listbox", "aria-label": label?.textContent });
  const status = make("p", { class: "combo-status", role: "status" });
  input.value = select.value ? select.selectedOptions[0].text : (select.dataset.typed ?? "");
  list.hidden = true;
  select.id = `${select.id}-value`;
  select.hidden = true;
  wrap.append(input, list);
  select.before(wrap, status);

  let shown = [];
  let active = -1;
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    active = -1;
  };
  const take = (option) => {
    select.value = option.value;
    input.value = option.text;
    status.textContent = "";
    select.dispatchEvent(new Event("input", { bubbles: true }));
    close();
  };
  const mark = (position) => {
    active = position;
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === active)));
    const item = list.children[active];
    if (!item) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  };
  const entry = (option, index, words) => {
    const item = make("li", { id: `${list.id}-${index}`, role: "option", "aria-selected": "false" });
    item.textContent = option.text;
    const text = plain(option.text);
    if (option.dataset.also && !words.every((word) => text.includes(word))) {
      const other = document.createElement("small");
      other.textContent = option.dataset.also;
      item.append(other);
    }
    item.addEventListener("mousedown", (event) => event.preventDefault());
    item.addEventListener("click", () => take(option));
    return item;
  };
  const search = (query) => {
    const words = plain(query).split(/[\s,()/]+/).filter(Boolean).map(stem);
    const scored = options.map((option, index) => [score(texts[index], also[index], words), option]);
    const found = words.length ? scored.filter(([points]) => points).sort((one, other) => other[0] - one[0]) : scored;
    shown = found.slice(0, MOST_SHOWN).map(([, option]) => option);
    list.replaceChildren(...shown.map((option, index) => entry(option, index, words)));
    status.textContent = found.length ? `${select.dataset.found} ${found.length}` : select.dataset.empty;
    list.hidden = !shown.length;
    input.setAttribute("aria-expanded", String(shown.length > 0));
    mark(-1);
  };
  input.addEventListener("input", () => {
    select.value = "";
    if (input.value.trim()) search(input.value);
    else {
      close();
      status.textContent = "";
    }
  });
  input.addEventListener("blur", () => {
    const typed = plain(input.value).trim();
    const same = options.find((option) => plain(option.text) === typed || option.value.toLowerCase() === typed);
    if (!select.value && typed && (same || shown.length === 1)) take(same ?? shown[0]);
    if (select.value) status.textContent = "";
    close();
  });
  input.addEventListener("keydown", (event) => {
    const opens = event.key === "ArrowDown" || event.key === "ArrowUp";
    if (list.hidden && opens) search(select.value ? "" : input.value);
    if (list.hidden) return;
    if (event.key === "ArrowDown") mark((active + 1) % shown.length);
    else if (event.key === "ArrowUp") mark((active <= 0 ? shown.length : active) - 1);
    else if (event.key === "Enter" && active >= 0) take(shown[active]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
}

document.querySelectorAll("select[data-search]").forEach(searchable);
