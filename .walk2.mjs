import { chromium } from 'playwright';
const b = await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox','--use-angle=swiftshader','--enable-unsafe-swiftshader']});
const c=await b.newContext({viewport:{width:1440,height:900},permissions:['clipboard-read','clipboard-write']});
const p = await c.newPage();
p.on('console',m=>{if(m.type()=='error')console.log('ERR',m.text())}); p.on('pageerror',e=>console.log('PAGEERR',e.message));
const U='http://127.0.0.1:8123/'; const S=n=>p.screenshot({path:'/tmp/walk/x_'+n+'.png'});
const T=async n=>console.log('#### '+n+'\n'+(await p.evaluate(()=>'sh='+document.documentElement.scrollHeight+'\n'+document.body.innerText)).replace(/\n+/g,'\n').slice(0,6000));
for(const [h,n] of [['#/teach','teach'],['#/teach/memory','teachmem'],['#/handout/memory','handout'],['#/compare','compare'],['#/choose','choose'],['#/','course']]){
 await p.goto(U+h); await p.waitForTimeout(3500); await S(n); await T(n);
 const l=await p.evaluate(()=>[...document.querySelectorAll('a[href]')].map(a=>a.getAttribute('href')).filter((x,i,a)=>a.indexOf(x)==i).join(' ')); console.log('LINKS '+l);
}
const step=async(n,f)=>{try{await f();console.log('ok '+n)}catch(e){console.log('FAIL '+n+' '+e.message.slice(0,300))}};
// choose walk
await step('choose',async()=>{await p.goto(U+'#/choose');await p.waitForTimeout(1500);for(let i=0;i<8;i++){await p.keyboard.press('3');await p.waitForTimeout(400)} await S('choose2');await T('choose2')});
// quiz
await step('quiz',async()=>{await p.goto(U+'#/lesson/memory/quiz');await p.waitForTimeout(2500);await p.click('text=Reveal');await p.waitForTimeout(800);await S('quizmem');
 await p.goto(U+'#/lesson/distillation/quiz');await p.waitForTimeout(2500);await p.keyboard.press('1');await p.waitForTimeout(200);await p.keyboard.press('Enter');await p.waitForTimeout(800);await S('quiz1');await p.keyboard.press('Enter');await p.waitForTimeout(1000);await p.keyboard.press('2');await p.keyboard.press('Enter');await p.waitForTimeout(800);await S('quiz2');});
// playhead
await step('drag',async()=>{await p.goto(U+'#/lesson/memory/twice');await p.waitForTimeout(6000);await p.mouse.move(900,415);await p.mouse.down();await p.mouse.move(700,415,{steps:6});await p.mouse.move(489,415,{steps:6});await p.mouse.up();await p.waitForTimeout(3000);await S('drag');});
await step('share',async()=>{await p.click('[aria-label="Share this page"]');await p.waitForTimeout(1500);await S('share');console.log(await p.evaluate(()=>document.querySelector('dialog,[role=dialog]')?.innerText));await p.keyboard.press('Escape');});
await step('present',async()=>{await p.goto(U+'#/lesson/sharing/claim-price');await p.waitForTimeout(2500);await p.keyboard.press('p');await p.waitForTimeout(1500);await S('present');await p.keyboard.press('Escape')});
await step('start',async()=>{await p.goto(U+'#/lesson/which-one/race');await p.waitForTimeout(3000);await p.click('text=Start');await p.waitForTimeout(9000);await S('race');});
await b.close(); console.log('done');
