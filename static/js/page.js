// Small help where a script runs; every page works without it.
document.querySelector("[data-focus]")?.focus();

// A form is sent once, however often the button is pressed; coming back by the back button opens it again.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => delete form.dataset.sent);
}

// An answer and "I don't know yet" exclude each other.
for (const box of document.querySelectorAll('input[type="checkbox"][name$="-unknown"]')) {
  const question = box.closest(".question");
  question.addEventListener("input", (event) => {
    if (event.target !== box && event.target.value) box.checked = false;
  });
}

// Printing shows what is folded.
window.addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((one) => (one.open = true)));
