// Rows that are ticked in a list: how many, all of this page, and the address to come back to. Without it the boxes work as they are.

for (const form of document.querySelectorAll("form[data-selection]")) {
  const count = form.querySelector("[data-count]"), all = form.querySelector("[data-all]");
  const boxes = () => [...document.querySelectorAll(`input[type=checkbox][form="${form.id}"]`)];
  const show = () => {
    const ticked = boxes().filter((box) => box.checked).length;
    count.textContent = ticked ? form.dataset.some.replace("{count}", ticked) : form.dataset.none;
    for (const button of form.querySelectorAll("button[name]")) button.disabled = !ticked;
    all.hidden = !boxes().length;
  };
  all.addEventListener("click", () => {
    const on = boxes().some((box) => !box.checked);
    for (const box of boxes()) box.checked = on;
    show();
  });
  document.addEventListener("change", (event) => { if (event.target.matches?.(`[form="${form.id}"]`)) show(); });
  document.addEventListener("htmx:after:swap", () => {
    show();
    const link = document.querySelector("[data-export]");
    if (link) link.href = link.href.split("?")[0] + location.search;
  });
  form.addEventListener("submit", () => { form.elements.back.value = location.pathname + location.search; });
  addEventListener("pageshow", show);
  show();
}
