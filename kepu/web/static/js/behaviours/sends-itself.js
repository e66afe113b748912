// <form data-sends-itself>: a page that one only passes through goes on by itself; without scripts there is its button.

export default function sendsItself(form) {
  form.requestSubmit();
}
