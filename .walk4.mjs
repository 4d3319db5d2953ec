import { chromium } from 'playwright';
const b = await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox','--use-angle=swiftshader','--enable-unsafe-swiftshader']});
const p = await b.newPage({viewport:{width:1440,height:900}}); const U='http://127.0.0.1:8123/';
await p.goto(U+'#/handout/memory'); await p.waitForTimeout(2000);
for(let y=0;y<14;y++){await p.mouse.wheel(0,900);await p.waitForTimeout(600)} await p.waitForTimeout(3000);
console.log('pending', await p.evaluate(()=>(document.body.innerText.match(/Reading the text …|Loading/g)||[]).length), await p.evaluate(()=>document.documentElement.scrollHeight));
await p.screenshot({path:'/tmp/walk/y_handout_end.png'});
const t=await p.evaluate(()=>document.body.innerText); console.log(t.slice(-1500));
await p.emulateMedia({media:'print'}); await p.screenshot({path:'/tmp/walk/y_print.png'}); await p.emulateMedia({media:'screen'});
for (const [m,n] of [[1500,'h1'],[5200,'h2']]){await p.evaluate(y=>window.scrollTo(0,y),m);await p.waitForTimeout(1500);await p.screenshot({path:'/tmp/walk/y_'+n+'.png'});}
await p.goto(U+'#/compare');await p.waitForTimeout(2500);await p.click('text=told otherwise');await p.waitForTimeout(800);await p.screenshot({path:'/tmp/walk/y_told.png'});
console.log(await p.evaluate(()=>document.querySelector('dialog[open],[role=dialog],[popover]:popover-open,aside')?.innerText));
await p.goto(U+'#/choose');await p.waitForTimeout(1500);await p.keyboard.press('1');await p.waitForTimeout(800);await p.screenshot({path:'/tmp/walk/y_choose1.png'});
await b.close();
