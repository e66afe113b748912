// <div tabindex="-1" data-takes-focus>: what is wrong with a form is read out, and seen, first.

export default function takesFocus(element) {
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "start" });
}
