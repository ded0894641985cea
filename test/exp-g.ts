import { loadConfig } from '../core/config.ts';
import { Encoder } from '../models/encoder/encoder.ts';
import { encoderModel, LOCAL_MODEL } from '../models/encoder/encoder-model.ts';
import { IntentModel, manifestPath } from '../models/intent/intent-model.ts';
import { recogniseByRules, isExplicit } from '../workers/nlu/recognise.ts';
import { newDraft } from '../workers/nlu/draft.ts';
const encoder = await Encoder.start({ model: encoderModel(LOCAL_MODEL, loadConfig(process.env).PULSEPLAN_DATA_DIR), heads: [manifestPath('current')] });
const model = IntentModel.open('current', encoder);
for (const t of ['I need to write to HR about parental leave','email sarah tomorrow','write an email to Ann by friday','reply to Ann tomorrow','email the team about status every friday','email Bob the report','reply to the survey','tick off vitamins','push yoga to 7pm','bread should also be on the shopping list','tomorrow at 5pm call Bob','buy café au lait 😀 tomorrow','buy milk, low priority','buy milk, not urgent','buy milk priority high','buy milk tagged food and home','what AI are you','are you chatgpt?','what model writes my drafts','I need more drafts','buy more drafts','how much does premium cost per month?','I must call grandma','add update the app to version 2.10','walk the dog at half past six','meditate for 20 minutes tomorrow','add book a dentist appointment tomorrow','add call mom at 25:00','show my mailing list','show tasks about drafts','how much is premium','what do i get with premium','call Jana tomorrow at 2:30','find the physics task','i need 2 do my homework by friday','yoga at 7 every morning','add #garden to the fence task']) {
  const r = recogniseByRules(newDraft(t, 'UTC', new Date(0))).recognition;
  console.log(t.padEnd(42), `${r?.rule} ${r?.action} ${r?.confidence} <${r && model.outweighsFrom(r.rule, isExplicit(r))}`.padEnd(48), (await model.classify(t)).slice(0, 3).map((g) => `${g.action} ${g.confidence.toFixed(2)}`).join(', '));
}
await encoder.close();
