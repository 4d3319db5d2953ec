import { chromium } from 'playwright';
const b = await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox','--use-angle=swiftshader','--enable-unsafe-swiftshader']});
const p = await b.newPage({viewport:{width:1440,height:900}}); const U='http://127.0.0.1:8123/';
await p.goto(U+'#/choose');await p.waitForTimeout(2500);
console.log('focus',await p.evaluate(()=>document.activeElement.tagName+' '+document.activeElement.className));
await p.keyboard.press('3');await p.waitForTimeout(700);
const q=()=>p.evaluate(()=>document.querySelector('main')?.innerText.split('\n').filter(x=>x).slice(3,12).join(' | '));
console.log('after digit:',await q());
await p.click('text=No, it reads');await p.waitForTimeout(700);console.log('after click:',await q());
for(let i=0;i<7;i++){await p.keyboard.press('1');await p.waitForTimeout(400);console.log('k',i,await q());}
await p.screenshot({path:'/tmp/walk/z_choose.png'});
await p.goto(U+'#/lesson/which-one/race');await p.waitForTimeout(3000);
console.log('plus buttons',await p.evaluate(()=>[...document.querySelectorAll('button')].filter(x=>/\+/.test(x.innerText)||/add/i.test(x.getAttribute('aria-label')||'')).map(x=>x.innerText+'/'+x.getAttribute('aria-label'))));
await p.click('text=Runs 0');await p.waitForTimeout(800);await p.screenshot({path:'/tmp/walk/z_runs.png'});
console.log(await p.evaluate(()=>[...document.querySelectorAll('button')].map(x=>x.innerText+'/'+(x.getAttribute('aria-label')||'')).join(' ; ').slice(0,1200)));
await p.goto(U+'#/lesson/memory/twice');await p.waitForTimeout(5000);await p.mouse.move(900,415);await p.mouse.down();await p.mouse.move(500,415,{steps:8});await p.mouse.up();await p.waitForTimeout(2500);
console.log('url',p.url(), await p.evaluate(()=>document.body.innerText.match(/step \d+, stored run/)?.[0]));
await b.close();
