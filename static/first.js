// Runs before the first paint, and stands alone: it must work where the rest of the site is missing.

// A chosen theme does not flash.
try {
  const theme = JSON.parse(localStorage.getItem('unmask/theme') ?? '""');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {}
