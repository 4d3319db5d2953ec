// steps sweep: all steps, pull controls to extremes
import {chromium} from 'playwright';import fs from 'fs';
const mode=process.argv[2];const part=process.argv[3];
const b=await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox','--use-angle=swiftshader','--enable-unsafe-swiftshader']});
const p=await b.newPage({viewport:{width:360,height:740}});
let where='';const seen=new Set();
const say=(...a)=>{const s=a.join(' ');if(seen.has(s))return;seen.add(s);console.log(s);};
p.on('console',m=>{if(m.type()=='error'||m.type()=='warning')say('C',where,m.text().slice(0,200))});p.on('pageerror',e=>say('E',where,e.message.slice(0,200)+' '+(e.stack||'').split('\n')[1]));
p.on('dialog',d=>d.dismiss());
const o=JSON.parse(fs.readFileSync('/tmp/dots.json'));
const check=async(label)=>{const r=await p.evaluate(()=>{const t=(document.querySelector('main')||document.body).innerText;const svg=[...document.querySelectorAll('svg *')].flatMap(e=>[...e.attributes].filter(a=>/NaN|undefined|Infinity/.test(a.value)).map(a=>e.tagName+' '+a.name+'='+a.value.slice(0,60)));
const bad=t.match(/.{0,40}\b(NaN|undefined|Infinity|\[object|null)\b.{0,40}/);const d=document.documentElement;
return {bad:bad&&bad[0],svg:svg.slice(0,3),len:t.length,over:d.scrollWidth>innerWidth+1?d.scrollWidth:0};});
if(r.bad)say('BAD',where,label,r.bad);if(r.svg.length)say('SVG',where,label,r.svg.join(';'));if(r.len<40)say('BLANK',where,label,r.len);if(r.over)say('OVER',where,r.over);};
const slugs=part.split(',');
const end=Date.now()+ (+process.argv[4])*1000;
for(const s of slugs)for(const a of o[s]){ if(Date.now()>end){console.log('TIME at',a);process.exit();}
 where=a;await p.goto('http://127.0.0.1:8123/'+a);await p.waitForTimeout(1100);
 await check('load');
 const n=await p.evaluate(async()=>{let n=0;const w=(ms)=>new Promise(r=>setTimeout(r,ms));
  const main=document.querySelector('main')||document.body;
  const setv=(e,v)=>{const d=Object.getOwnPropertyDescriptor(e.tagName=='SELECT'?HTMLSelectElement.prototype:HTMLInputElement.prototype,'value');d.set.call(e,v);e.dispatchEvent(new Event('input',{bubbles:true}));e.dispatchEvent(new Event('change',{bubbles:true}));n++;};
  for(const side of ['max','min']){
  for(const e of [...main.querySelectorAll('input,select')]){ if(!e.isConnected||e.disabled)continue;
   if(e.type=='range'){setv(e,e[side]);await w(60);}
   else if(e.type=='number'){for(const v of side=='max'?['1e308','99999999']:['-5','0.5','']){setv(e,v);await w(60);}}
   else if(e.type=='checkbox'){e.click();n++;await w(40);}
   else if(e.type=='radio'){e.click();n++;await w(40);}
   else if(e.tagName=='SELECT'){const os=[...e.options];setv(e,(side=='max'?os.at(-1):os[0]).value);await w(60);}
   else if(e.type=='text'){setv(e,side=='max'?'x'.repeat(500)+' \u{1F600} <b>':'');await w(60);}
  }
  for(const e of [...main.querySelectorAll('svg [tabindex], [role=slider], [role=spinbutton]')].slice(0,6)){ if(!e.isConnected)continue; e.focus&&e.focus();for(const k of side=='max'?['End','ArrowRight','ArrowUp','PageUp']:['Home','ArrowLeft','ArrowDown','PageDown'])for(let i=0;i<3;i++)e.dispatchEvent(new KeyboardEvent('keydown',{key:k,bubbles:true,cancelable:true}));n++;await w(30);}
  }
  return n;}).catch(e=>{say('X',where,e.message.slice(0,150));return 0});
 await p.waitForTimeout(250);await check('extreme');
 // other buttons in the stage, multiple fast clicks
 const m=await p.evaluate(async()=>{const w=(ms)=>new Promise(r=>setTimeout(r,ms));const h=location.hash.split('?')[0];let c=0;
  const main=document.querySelector('main')||document.body;
  const bs=[...main.querySelectorAll('button,[role=button]')].filter(e=>!/^(← Back|Next|Present|SVG|PNG|CSV|Save|Print|Start|Table|Train)/.test((e.getAttribute('aria-label')||e.textContent||'').trim())).slice(0,24);
  for(const e of bs){if(!e.isConnected||e.disabled)continue;for(let i=0;i<4;i++)e.dispatchEvent(new MouseEvent('click',{bubbles:true,cancelable:true}));c++;await w(25);if(location.hash.split('?')[0]!==h)return 'LEFT '+(e.textContent||'').slice(0,30);}
  for(const e of [...main.querySelectorAll('button')].filter(e=>e.textContent.trim()=='Table')){e.click();await w(30)}
  return c;}).catch(e=>'X '+e.message.slice(0,100));
 if(String(m).startsWith('LEFT')||String(m).startsWith('X'))say(where,m);
 await p.waitForTimeout(200);await check('clicks');
 const hash=await p.evaluate(()=>location.hash);
 // reload with the resulting address: stable?
 if(hash.includes('?')){await p.reload();await p.waitForTimeout(900);await check('reload '+hash.slice(0,160));
  const pr=await p.evaluate(()=>{const m=document.body.innerText.match(/[^\n]*(left out|There is no|must be|does not|cannot be used)[^\n]*/);return m&&m[0].slice(0,160)});
  const h2=await p.evaluate(()=>location.hash);if(h2!==hash)say('HASHCHG',where,hash.slice(0,200),'->',h2.slice(0,200));
  if(/must be|left out/.test(pr||''))say('PROBLEM',where,hash.slice(0,200),pr);}
}
console.log('done');await b.close();
