process.on('uncaughtExceptionMonitor', (error) => {
  process.stderr.write(`A JavaScript error occurred: ${error.stack}\n`);
});
