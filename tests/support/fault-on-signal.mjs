/** Loaded into the app by a test: SIGUSR2 fails a promise that nobody waits for, then throws. */
let times = 0;
process.on('SIGUSR2', () => {
  times += 1;
  if (times === 1) Promise.reject(new Error('a promise that nobody waited for'));
  else queueMicrotask(() => fail());
});

function fail() {
  throw new Error('a throw that nobody caught');
}
