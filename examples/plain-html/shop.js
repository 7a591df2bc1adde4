for (const button of document.querySelectorAll('.ask')) {
  button.addEventListener('click', () => document.querySelector('helpline-chat')?.show());
}
