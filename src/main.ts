import { mount } from 'svelte';
import App from './app/App.svelte';
import './app/style.css';

const target = document.getElementById('app');
if (target) mount(App, { target });

// After the first visit the site works without a network. A page from a file or a plain http host just goes on without.
if (import.meta.env.PROD && 'serviceWorker' in navigator && window.isSecureContext)
  navigator.serviceWorker.register('./sw.js').catch(() => undefined);
