"use strict";

// Times in the reader's own zone: the page has them by the desk's clocks, and the instant in each element. What cannot be read
// stays as it is.
(() => {
  const form = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
  for (const element of document.querySelectorAll("time[datetime]")) {
    const instant = new Date(element.dateTime);
    if (!Number.isNaN(instant.valueOf())) element.textContent = form.format(instant);
  }
  const note = document.getElementById("zone");
  if (note) note.textContent = form.resolvedOptions().timeZone;
})();
