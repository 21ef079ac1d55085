// CommonJS and ES5, because it must also be readable by the Node it turns away.
var seen = process.versions.node;
if (Number(seen.split('.')[0]) < 20) {
  console.error(
    'Topout needs Node.js 20 or newer, and this is ' +
      seen +
      ' (' +
      process.execPath +
      '). Install a current one, see https://nodejs.org, and run the same command again.',
  );
  process.exit(1);
}
