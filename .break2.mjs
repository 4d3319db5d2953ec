import {chromium} from 'playwright';import fs from 'fs';
const b=await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox','--use-angle=swiftshader','--enable-unsafe-swiftshader']});
const p=await b.newPage({viewport:{width:1280,height:800}});
let where='';
p.on('console',m=>{if(m.type()=='error'||m.type()=='warning')console.log('  C',where,m.text().slice(0,200))});p.on('pageerror',e=>console.log('  E',where,e.message.slice(0,200)+' '+(e.stack||'').split('\n')[1]));
const U='http://127.0.0.1:8123/';
const list=`#/teach/nope
#/teach/__proto__
#/teach/constructor
#/teach/memory/x
#/teach?x=1
#/teach/%E0%A4%A
#/teach/memory?hide=header,settings,run,draws,tools,words,turn
#/teach?hide=header&present=1
#/handout/constructor?answers=1
#/handout/nope?answers=1
#/handout/memory?answers=1&seed=99999999999999999999
#/handout/memory?answers=yes&seed=
#/handout/memory?seed=${'a'.repeat(3000)}
#/handout/
#/handout/memory?answers=1&hide=header,tools,words
#/compare?held=bert-base&equal=constructor
#/compare?held=bert-base&equal=toString+valueOf+__proto__
#/compare?sort=constructor
#/compare?sort=-__proto__
#/compare?sort=--weights
#/compare?show=constructor&size=__proto__&objective=toString
#/compare?pick=bert-base+bert-large+x
#/compare?pick=bert-base%2Bbert-base
#/compare?pick=bert-base
#/compare?at=bert-base%2Bbert-large
#/compare?cell=bert-base/constructor
#/compare?cell=bert-base/first/extra
#/compare?cell=/
#/compare?cell=%00
#/compare?show=counted&size=large&objective=nsp
#/compare?show=results&size=every&hide=header,tools,words,turn
#/compare/x
#/compare?size=tiny&objective=taught
#/choose?answers=constructor
#/choose?answers=1.2.3
#/choose?answers=__proto__.toString
#/choose?answers=...
#/choose?answers=${'free.'.repeat(2000)}
#/choose?hide=words,header&present=1
#/lesson/__proto__/pieces
#/lesson/constructor
#/lesson/memory/__proto__
#/lesson/memory/pieces/x
#/lesson/memory/pieces?hide=nonsense
#/lesson/memory/pieces?hide=
#/lesson/memory/pieces?hide=HEADER
#/lesson/memory/pieces?hide=header&hide=run
#/lesson/memory/pieces?hide=${'x'.repeat(2000)}
#/lesson/memory/start?hide=header,settings,run,draws,tools,words,turn
#/lesson/memory/start?hide=header,settings,run,draws,tools,words,turn&present=1
#/lesson/distillation/quiz?hide=words,turn&present=1
#/lesson/which-one/choose?hide=header,settings,run,draws,tools,words,turn&present=1
#/lesson/which-one/read-table?hide=words,tools&present=1
#/lesson/which-one/six?seed=x&draw=999999&redraws=1.2.3&at=999999
#/lesson/which-one/six?draw=1e9&at=-1&option.rate=1e999&option.x={}
#/lesson/which-one/six?stage.draw=5&noise.option.rate="a"&option.rate=-5
#/lesson/span-convolution/same?option.rate=99&sentence=%F0%9F%98%80&draw=5
#/lesson/narrow-and-deep/words?sentence=&seed=%00&at=999999&option.constructor=1&option.__proto__=1
#/lesson/content-and-place/spans?redraws=${Array(64).fill(999999).join('.')}&draw=999999
#/lesson/memory/pieces?pieces.at=999999&pieces.draw=999999&present=1
#/lesson/memory/start?run=constructor&run.seed=1&steps=1e9
#/lesson/memory/pieces?present=2
#//lesson//memory//pieces
#lesson/memory/pieces
#/lesson/memory/pieces#x
?x=1#/compare
#/Compare
#/compare%3Fshow=results
#/%
#/play?hide=header,x&recipe=__proto__
#/look?model=constructor
#/checks?x=1
#/gallery?x
#/constructor
#/__proto__`.split('\n');
await p.goto(U);let prev='';
for(const a of list){where=a.slice(0,110);
 if(a.startsWith('?'))await p.goto(U+a);else await p.evaluate(a=>{location.hash=a},a);
 await p.waitForTimeout(700);
 const f=()=>p.evaluate(()=>{const t=document.body.innerText;const bad=t.match(/.{0,40}\b(NaN|undefined|Infinity|\[object|null)\b.{0,40}/);const m=document.querySelector('main');
  const probs=[...document.querySelectorAll('[role=alert],.problems,.problem')].map(e=>e.innerText.slice(0,230)).join(' / ');
  return {bad:bad&&bad[0],h1:document.querySelector('h1')?.innerText,len:(m?.innerText||'').length,hash:location.hash.slice(0,100),probs,tit:document.title.slice(0,40),over:document.documentElement.scrollWidth>innerWidth+1?document.documentElement.scrollWidth:0}});
 let r=await f();if(r.len<60){await p.waitForTimeout(2500);r=await f();}
 console.log(where,'\n    ',JSON.stringify(r));
 if(list.indexOf(a)%4==0){await p.goBack().catch(()=>{});await p.waitForTimeout(500);const r1=await f();await p.goForward().catch(()=>{});await p.waitForTimeout(500);const r2=await f();if(r2.hash!==r.hash||r2.h1!==r.h1)console.log('  FWD differs',JSON.stringify(r2));if(prev&&r1.hash!==prev)console.log('  BACK differs',prev,r1.hash);}
 prev=(await f()).hash;
}
await b.close();console.log('done');
