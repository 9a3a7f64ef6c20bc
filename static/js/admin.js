// The admin's theme names none of its landmarks; people who move by them need the content, the header and each scrolling part named.
window.addEventListener("load", () => {
  document.getElementById("content")?.setAttribute("role", "main");
  document.querySelector("#main > div:first-child")?.setAttribute("role", "banner");
  const below = [...document.querySelectorAll("#main > div:not(:first-child)")];
  const bars = below.filter((part) => part.textContent.trim() && !part.querySelector("#content")).slice(-1);
  bars.forEach((bar) => bar.setAttribute("role", "contentinfo"));
  document.querySelectorAll(".simplebar-content-wrapper[aria-label]").forEach((part, index) => {
    part.setAttribute("aria-label", `${part.getAttribute("aria-label")} ${index + 1}`);
  });
});
