// A box that ticks all others of a list, and follows them; without it there are the boxes themselves.
for (const every of document.querySelectorAll("[data-every]")) {
  const boxes = [...every.form.querySelectorAll(`input[name="${every.dataset.every}"]`)];
  const follow = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    every.checked = ticked === boxes.length;
    every.indeterminate = ticked > 0 && !every.checked;
    boxes[0].setCustomValidity(ticked ? "" : every.form.dataset.none);
  };
  every.addEventListener("change", () => {
    for (const box of boxes) box.checked = every.checked;
    follow();
  });
  for (const box of boxes) box.addEventListener("change", follow);
  follow();
}
