// Waiting for a payment provider: look again, less and less often, and show the page anew once it says something else.
const LONGEST = 30000;
const look = async (pause) => {
  try {
    const answer = await fetch(location.href, { headers: { "X-Requested-With": "fetch" } });
    if (answer.ok && !(await answer.text()).includes("data-waiting")) return location.reload();
  } catch {
    // Offline for a moment: the next look may succeed.
  }
  setTimeout(() => look(Math.min(pause * 1.5, LONGEST)), pause);
};
if (document.querySelector("[data-waiting]")) setTimeout(() => look(3000), 2000);
