// In a sheet of numbers Enter goes to the row below, as in a spreadsheet; in the last row to the button that saves.

document.addEventListener("keydown", (event) => {
  const input = event.target;
  const sheet = input.closest?.("[data-sheet]");
  if (!sheet || event.key !== "Enter" || event.isComposing || !input.matches("input")) return;
  event.preventDefault();
  const cell = input.closest("td");
  const column = cell.cellIndex;
  const rows = [...sheet.tBodies[0].rows];
  const next = rows[rows.indexOf(cell.parentElement) + (event.shiftKey ? -1 : 1)];
  const target = next ? next.cells[column].querySelector("input") : sheet.closest("form").querySelector(".form-end .button.main");
  target?.focus();
  target?.select?.();
});
