import { chromium } from 'playwright'; import fs from 'fs';
const ls = process.argv.slice(2);
const b = await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox','--use-angle=swiftshader','--enable-unsafe-swiftshader']});
const p = await b.newPage({viewport:{width:1440,height:900}});
for (const l of ls){
 const log='/tmp/walk/'+l.replace(/\//g,'_')+'.txt'; fs.writeFileSync(log,'');
 const L=(s)=>fs.appendFileSync(log,s+'\n');
 p.removeAllListeners(); p.on('console',m=>{if(m.type()=='error')L('ERR '+m.text())}); p.on('pageerror',e=>L('PAGEERR '+e.message));
 await p.goto('http://127.0.0.1:8123/#/lesson/'+l); await p.waitForSelector('a.dot',{timeout:15000});
 const hrefs=await p.evaluate(()=>[...document.querySelectorAll('a.dot')].map(e=>e.getAttribute('href')));
 let i=0;
 for(const h of hrefs){ i++;
  await p.goto('http://127.0.0.1:8123/'+h);
  await p.waitForTimeout(900);
  for(let k=0;k<12;k++){const t=await p.evaluate(()=>document.body.innerText); if(!/loading|Loading|Computing|computing|wait…/.test(t))break; await p.waitForTimeout(800)}
  await p.waitForTimeout(1100);
  const name=l+'_'+String(i).padStart(2,'0')+'_'+h.split('/').pop();
  await p.screenshot({path:'/tmp/walk/'+name+'.jpg',type:'jpeg',quality:70});
  const t=await p.evaluate(()=>{const m=document.querySelector('main')||document.body;
    const clip=[...m.querySelectorAll('*')].filter(e=>{const s=getComputedStyle(e);return e.scrollWidth>e.clientWidth+3&&s.overflowX!='visible'&&e.clientWidth>30&&!e.matches('.skip')}).map(e=>e.tagName+'.'+e.className+' '+e.scrollWidth+'>'+e.clientWidth).slice(0,5);
    return {t:m.innerText,clip,sh:document.documentElement.scrollHeight,sw:document.documentElement.scrollWidth}});
  L('=== '+h+' sh='+t.sh+' sw='+t.sw+' clip='+JSON.stringify(t.clip)+'\n'+t.t.replace(/\n+/g,'\n').replace(/(\n[^\n]{1,12})(?=\n)/g,(m)=>' '+m.trim()));
 }
}
await b.close();
