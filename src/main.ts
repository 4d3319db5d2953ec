import { mount } from 'svelte';
import App from './app/App.svelte';
import './app/style.css';

const target = document.getElementById('app');
if (target) mount(App, { target });

// After the first visit the site works without a network. It is fetched once the page is up; where a browser has no
// service workers or the host is not a safe one, the page goes on without.
if (import.meta.env.PROD && 'serviceWorker' in navigator && window.isSecureContext)
  window.addEventListener('load', () =>
    setTimeout(() => navigator.serviceWorker.register('./sw.js').catch(() => undefined), 2000),
  );
