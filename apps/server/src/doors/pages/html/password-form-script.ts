import { PASSWORD_MIN_CHARACTERS as MIN } from '@latchkey/contract'

/**
 * The script of the form for a new password, run in the browser: a box to show the passwords, and feedback while typing.
 *
 * A convenience alone: it makes the elements it needs itself, so without JavaScript there is no dead control.
 */
export const PASSWORD_FORM_SCRIPT = `'use strict';
(function () {
  var form = document.querySelector('form[data-password-form]');
  if (!form) return;
  var first = form.querySelector('#new_password1');
  var second = form.querySelector('#new_password2');
  var button = form.querySelector('button');

  var row = document.createElement('div');
  row.className = 'check';
  var box = document.createElement('input');
  box.type = 'checkbox';
  box.id = 'show_passwords';
  var label = document.createElement('label');
  label.htmlFor = box.id;
  label.textContent = 'Show passwords';
  row.append(box, label);
  button.before(row);
  function show(visible) {
    first.type = second.type = visible ? 'text' : 'password';
  }
  box.addEventListener('change', function () { show(box.checked); });
  // A browser offers to remember what was typed as text, so the fields are passwords again when they are sent.
  form.addEventListener('submit', function () { box.checked = false; show(false); });

  function feedbackAfter(input, describe) {
    var line = document.createElement('p');
    line.className = 'feedback';
    line.setAttribute('role', 'status');
    input.after(line);
    var timer;
    return function () {
      clearTimeout(timer);
      // Waits for a pause in typing: a screen reader would otherwise read out every keystroke.
      timer = setTimeout(function () { line.textContent = describe(); }, 400);
    };
  }
  var judge = feedbackAfter(first, function () {
    var length = Array.from(first.value.normalize('NFC')).length;
    if (length === 0) return '';
    if (length < ${MIN}) return ${MIN} - length === 1 ? '1 more character needed.' : ${MIN} - length + ' more characters needed.';
    if (/^[0-9]+$/.test(first.value)) return 'Digits alone are easy to guess: add letters or words.';
    return length < 14 ? 'Long enough. A longer one is stronger still.' : 'Good length.';
  });
  var compare = feedbackAfter(second, function () {
    if (second.value === '' || first.value === '') return '';
    return second.value === first.value ? 'Both are the same.' : 'Not the same yet.';
  });
  first.addEventListener('input', function () { judge(); compare(); });
  second.addEventListener('input', compare);
})();
`
