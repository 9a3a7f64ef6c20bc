// Turns the list of occupations into a search box (the WAI-ARIA combobox with a list box); the list stays the form's control.
const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
const MOST_SHOWN = 12;

function searchable(select) {
  const options = [...select.options].filter((option) => option.value);
  const words = options.map((option) => plain(`${option.text} ${option.dataset.other ?? ""}`));
  const wrap = document.createElement("div");
  wrap.className = "combo";
  const input = document.createElement("input");
  const list = document.createElement("ul");
  Object.assign(input, { type: "text", id: select.id, autocomplete: "off", placeholder: select.dataset.search });
  const described = select.getAttribute("aria-describedby");
  const attributes = { role: "combobox", "aria-expanded": "false", "aria-controls": `${select.id}-list`, "aria-autocomplete": "list" };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
  if (described) input.setAttribute("aria-describedby", described);
  list.id = `${select.id}-list`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-labelledby", `${select.id}-label`);
  list.hidden = true;
  const status = document.createElement("p");
  status.className = "small muted";
  status.setAttribute("role", "status");
  input.value = select.value ? select.selectedOptions[0].text : "";
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
    if (!item) return;
    input.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  };
  const search = () => {
    const typed = plain(input.value).split(/\s+/).filter(Boolean);
    select.value = "";
    shown = typed.length ? options.filter((_, index) => typed.every((part) => words[index].includes(part))).slice(0, MOST_SHOWN) : [];
    list.replaceChildren(...shown.map((option, index) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${index}`;
      item.setAttribute("role", "option");
      item.textContent = option.dataset.other ? `${option.text} – ${option.dataset.other}` : option.text;
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(option); });
      return item;
    }));
    status.textContent = typed.length && !shown.length ? select.dataset.empty : "";
    list.hidden = !shown.length;
    input.setAttribute("aria-expanded", String(shown.length > 0));
    mark(-1);
  };
  input.addEventListener("input", search);
  input.addEventListener("blur", () => {
    if (!select.value && shown.length === 1) take(shown[0]);
    close();
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") mark((active + 1) % shown.length);
    else if (event.key === "ArrowUp") mark((active - 1 + shown.length) % shown.length);
    else if (event.key === "Enter" && active >= 0) take(shown[active]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
}

document.querySelectorAll("select[data-search]").forEach(searchable);
