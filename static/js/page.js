// Small help where a script runs; every page works without it.
const summary = document.querySelector("[data-focus]");
if (summary) {
  summary.focus();
  summary.addEventListener("click", (event) => {
    const control = event.target.closest("a") && document.getElementById(event.target.closest("a").hash.slice(1));
    if (!control) return;
    event.preventDefault();
    (control.closest(".question") ?? control).scrollIntoView();
    control.focus({ preventScroll: true });
  });
}

// A form is sent once, however often the button is pressed; after a while, or on coming back, it opens again.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 5000);
  });
  window.addEventListener("pageshow", () => delete form.dataset.sent);
}

// "I don't know yet" and "none of these" exclude every other answer to their question.
for (const box of document.querySelectorAll("[data-alone]")) {
  const question = box.closest(".question");
  question.addEventListener("input", (event) => {
    const isTicked = event.target.type !== "checkbox" || event.target.checked;
    if (event.target !== box && isTicked) box.checked = false;
    if (event.target !== box || !isTicked) return;
    for (const control of question.querySelectorAll("input, select")) {
      if (control.type === "checkbox") control.checked = control === box;
      else control.value = "";
    }
  });
}

// The other language takes along what is typed but not saved yet.
const questions = document.querySelector("form[data-questions]");
const language = document.querySelector("a[data-language]");
if (questions && language) {
  let isTouched = Boolean(document.querySelector("[data-focus]"));
  questions.addEventListener("input", () => (isTouched = true));
  language.addEventListener("click", (event) => {
    if (!isTouched || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const redraw = Object.assign(document.createElement("input"), { type: "hidden", name: "redraw", value: "yes" });
    questions.append(redraw);
    questions.action = language.href;
    questions.submit();
  });
}

// Printing shows what is folded, save the long lists of what does not fit.
const print = document.querySelector("[data-print]");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
  const folded = [...document.querySelectorAll("details:not(.family, [open])")];
  window.addEventListener("beforeprint", () => folded.forEach((one) => (one.open = true)));
  window.addEventListener("afterprint", () => folded.forEach((one) => (one.open = false)));
}
