import { chromium } from 'playwright'; import fs from 'fs';
const b = await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox']});
const p = await b.newPage({viewport:{width:1440,height:900}});
let n=0;
for(let idle=0;idle<140;){
 const fs_=fs.readdirSync('/tmp/walk').filter(f=>f.endsWith('.jpg')&&!fs.existsSync('/tmp/walk/'+f.replace('.jpg','.png')));
 if(!fs_.length){idle++;await new Promise(r=>setTimeout(r,1000));continue}
 idle=0;
 for(const f of fs_){ try{
  const d=fs.readFileSync('/tmp/walk/'+f).toString('base64');
  await p.setContent('<body style="margin:0"><img src="data:image/jpeg;base64,'+d+'" style="display:block">'); await p.waitForTimeout(60);
  await p.screenshot({path:'/tmp/walk/'+f.replace('.jpg','.png')});}catch(e){console.log(f,e.message)}
 }
}
await b.close();
